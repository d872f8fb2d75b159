package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// The log holds nothing that somebody sent: no token, no name, nothing that steers a terminal.
@Timeout(60)
class LogTest {
  private static final String END = "the end of it";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };
  private final House house = new House();

  @BeforeEach
  void listen() {
    listener.start();
    root.addAppender(listener);
  }

  @AfterEach
  void stop() {
    root.detachAppender(listener);
    house.close();
  }

  @Test
  void whatIsNoHttpIsTurnedDownAndNotLogged() throws Exception {
    var sent =
        List.of(
            "GET /chat?name=Ada%zz HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /chat HTTP/1.1\r\nHost: a\r\nContent-Length: Ada\r\n\r\n",
            "GET /chat HTTP/1.1\r\nHost: a\r\nAda\u001b[2J: x\r\n\r\n",
            "Ada /chat HTTP/1.1\r\nHost: a\r\n\r\n");
    for (var request : sent) {
      String answer = answer(request);
      assertTrue(answer.matches("(?s)HTTP/1.1 (400|501).*"), request + answer);
    }
    for (var request : List.of(header("Cookie: \"Ada"), header("Content-Type: Ada"))) {
      String answer = answer(request);
      assertTrue(answer.startsWith("HTTP/1.1 200"), request + answer);
    }
    house.warn(END);
    for (var line = next(); !line.equals(END); line = next()) {
      assertEquals(-1, line.indexOf("Ada"), line);
      assertEquals(-1, line.indexOf('\u001b'), "steers a terminal");
    }
  }

  private static String header(String header) {
    return "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + "\r\n\r\n";
  }

  private String next() throws InterruptedException {
    String line = lines.poll(20, TimeUnit.SECONDS);
    return line == null ? "nothing was logged" : line;
  }

  private String answer(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
