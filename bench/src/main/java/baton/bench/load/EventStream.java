package baton.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/// The live events of one conversation, over a socket of its own that is reset when it is closed. A
/// connection that is only closed is noticed by a silent engine with its next sign of life, and its
/// place would be taken until then.
final class EventStream implements AutoCloseable {
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);
  private static final String NUMBER = "id: ";
  private static final String TURN = "\"type\":\"buyers-turn\"";

  private final Socket socket;
  private final BufferedReader lines;

  /// @throws IOException where the engine does not answer with a stream
  EventStream(URI engine, String path, String token) throws IOException {
    boolean secure = "https".equals(engine.getScheme());
    int port = engine.getPort() >= 0 ? engine.getPort() : secure ? 443 : 80;
    SocketFactory sockets = secure ? SSLSocketFactory.getDefault() : SocketFactory.getDefault();
    socket = sockets.createSocket(engine.getHost(), port);
    try {
      socket.setTcpNoDelay(true);
      socket.setSoLinger(true, 0);
      socket.setSoTimeout((int) SILENCE_MAX.toMillis());
      socket.getOutputStream().write(request(engine, path, token));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      var status = lines.readLine();
      if (status == null || !status.startsWith("HTTP/1.1 200")) {
        throw new IOException(
            "the engine answered \""
                + status
                + "\" to an event stream: see its log, or measure"
                + " fewer --conversations");
      }
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private static byte[] request(URI engine, String path, String token) {
    var request =
        """
        GET %s HTTP/1.1
        Host: %s
        Accept: text/event-stream
        Authorization: Bearer %s

        """
            .formatted(path, engine.getAuthority(), token);
    return request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /// Returns with the next event by which it is the buyer's turn, as operators see it.
  ///
  /// @return its number
  long awaitTurn() throws IOException {
    long number = 0;
    for (var line = line(); ; line = line()) {
      if (line.startsWith(NUMBER)) number = number(line);
      if (line.contains(TURN)) return number;
    }
  }

  /// Returns with the event of that number, whatever it is.
  void await(long event) throws IOException {
    for (var line = line(); ; line = line()) {
      if (line.startsWith(NUMBER) && number(line) >= event) return;
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(NUMBER.length()));
  }

  /// The engine sends whole events at once, so that a line is never cut.
  private String line() throws IOException {
    var line = lines.readLine();
    if (line == null) throw new IOException("an event stream has ended");
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
