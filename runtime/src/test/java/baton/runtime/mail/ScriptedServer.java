package baton.runtime.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An SMTP server that does well up to one point of the talk, and there what it is told to.
final class ScriptedServer implements AutoCloseable {
  /// Says nothing more, and keeps the line.
  static final String SILENCE = "silence";

  /// Drops the line.
  static final String BREAK = "break";

  /// Sends a reply that never ends, a byte now and then.
  static final String DRIP = "drip";

  private final ServerSocket listening;
  private final String where;
  private final String what;
  private final ConcurrentLinkedQueue<Socket> lines = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean gotTheLetter;

  private ScriptedServer(ServerSocket listening, String where, String what) {
    this.listening = listening;
    this.where = where;
    this.what = what;
  }

  /// @param where GREETING, MAIL, RCPT, DATA, END (of the letter) or QUIT
  /// @param what a reply, or one of the above
  static ScriptedServer start(String where, String what) throws IOException {
    var listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    var server = new ScriptedServer(listening, where, what);
    Thread.ofVirtual().start(server::listen);
    return server;
  }

  int port() {
    return listening.getLocalPort();
  }

  int connections() {
    return lines.size();
  }

  boolean gotTheLetter() {
    return gotTheLetter;
  }

  private void listen() {
    try {
      while (true) {
        var line = listening.accept();
        lines.add(line);
        Thread.ofVirtual().start(() -> talk(line));
      }
    } catch (IOException over) {
      closed.countDown();
    }
  }

  private void talk(Socket line) {
    try (line;
        var in =
            new BufferedReader(
                new InputStreamReader(line.getInputStream(), StandardCharsets.US_ASCII))) {
      var out = line.getOutputStream();
      if (!reply(out, "GREETING", "220 here")) return;
      for (var command = in.readLine(); command != null; command = in.readLine()) {
        var verb = command.split("[ :]")[0].toUpperCase(Locale.ROOT);
        boolean goesOn =
            switch (verb) {
              case "DATA" ->
                  reply(out, "DATA", "354 go on")
                      && (refused("DATA") || letter(in) && reply(out, "END", "250 taken"));
              case "MAIL", "RCPT", "QUIT" -> reply(out, verb, "250 yes");
              default -> reply(out, verb, "250 yes");
            };
        if (!goesOn) return;
      }
    } catch (IOException | InterruptedException over) {
      closed.countDown();
    }
  }

  private boolean refused(String point) {
    return where.equals(point);
  }

  private boolean letter(BufferedReader in) throws IOException {
    for (var text = in.readLine(); text != null; text = in.readLine()) {
      if (text.equals(".")) {
        gotTheLetter = true;
        return true;
      }
    }
    return false;
  }

  /// @return whether the talk goes on
  private boolean reply(OutputStream out, String point, String usual)
      throws IOException, InterruptedException {
    if (!where.equals(point)) return said(out, usual);
    switch (what) {
      case BREAK -> {
        return false;
      }
      case SILENCE -> {
        closed.await();
        return false;
      }
      case DRIP -> {
        out.write("250".getBytes(StandardCharsets.US_ASCII));
        while (!closed.await(50, TimeUnit.MILLISECONDS)) {
          out.write('-');
          out.flush();
        }
        return false;
      }
      default -> {
        return said(out, what);
      }
    }
  }

  private static boolean said(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return true;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listening.close();
    for (var line : lines) line.close();
  }
}
