package baton.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// One connection to an engine, over which one request after the other is sent and answered, at
/// little cost to whoever sends thousands a second.
final class Wire implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;
  private final String host;

  /// @param saysWhen whether it says when to ask again
  record Answer(int status, boolean saysWhen, boolean closes, String body) {}

  /// @param patience how long an answer may take
  Wire(URI engine, Duration patience) throws IOException {
    host = engine.getAuthority();
    try {
      int ms = (int) patience.toMillis();
      socket.connect(new InetSocketAddress(engine.getHost(), engine.getPort()), ms);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ms);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  /// @param token empty for nobody's
  /// @param json the body, empty for none
  Answer ask(String method, String path, String token, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder(256).append(method).append(' ').append(path);
    head.append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
    if (!token.isEmpty()) head.append("Authorization: Bearer ").append(token).append("\r\n");
    if (body.length > 0) {
      head.append("Content-Type: application/json\r\n");
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[first.length + body.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    socket.getOutputStream().write(all);
    return answer();
  }

  private Answer answer() throws IOException {
    var first = line();
    if (first.length() < 12) throw new IOException("an answer without a status");
    int status = Integer.parseInt(first.substring(9, 12));
    int length = 0;
    boolean saysWhen = false;
    boolean closes = false;
    for (var line = line(); !line.isEmpty(); line = line()) {
      var header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) length = Integer.parseInt(after(header));
      if (header.startsWith("retry-after:")) saysWhen = after(header).matches("[0-9]+");
      if (header.startsWith("connection:")) closes = after(header).equals("close");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) throw new EOFException("the connection was closed");
    return new Answer(status, saysWhen, closes, new String(body, StandardCharsets.UTF_8));
  }

  private static String after(String header) {
    return header.substring(header.indexOf(':') + 1).strip();
  }

  private String line() throws IOException {
    var line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new EOFException("the connection was closed");
      if (c != '\r') line.append((char) c);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
