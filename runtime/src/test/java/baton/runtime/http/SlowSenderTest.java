package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever sends slowly keeps nobody waiting but himself.
@Timeout(60)
class SlowSenderTest {
  private static House house;

  @BeforeAll
  static void start() {
    house = new House(House.narrow(1, 8));
  }

  @AfterAll
  static void stop() {
    house.close();
  }

  @Test
  void aFileThatNobodyTakesHoldsNoWorkerWhileItDripsIn() throws IOException {
    try (var sender = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
      begin(sender, "/v1/campaigns/outbound-appointments/leads.csv");
      assertEquals(200, house.get("/v1/campaigns", House.OPERATOR).status());
      assertEquals(201, house.post("/v1/conversations", "", House.opening("slow-1")).status());
      sender.getOutputStream().write("b@example.com,DE\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals(200, house.get("/v1/campaigns", House.OPERATOR).status());
    }
  }

  @Test
  void aFileThatNobodyTakesIsAnsweredOnceItIsThere() throws IOException {
    try (var sender = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
      begin(sender, "/v1/campaigns/outbound-appointments/leads.csv");
      sender.getOutputStream().write(new byte[LENGTH - FIRST.length()]);
      var answer =
          new BufferedReader(
              new InputStreamReader(sender.getInputStream(), StandardCharsets.US_ASCII));
      String line = answer.readLine();
      assertTrue(line.startsWith("HTTP/1.1 401"), line);
    }
  }

  @Test
  void aMessageThatDripsInHoldsNoWorkerEither() throws IOException {
    try (var sender = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
      begin(sender, "/v1/conversations");
      assertEquals(200, house.get("/v1/campaigns", House.OPERATOR).status());
    }
  }

  private static final int LENGTH = 100_000;
  private static final String FIRST = "email,region\n";

  /// Says who it is not, and sends the first few bytes of many.
  private static void begin(Socket sender, String path) throws IOException {
    String head =
        """
        POST %s HTTP/1.1
        Host: 127.0.0.1
        Content-Type: text/csv
        Content-Length: %d

        %s\
        """
            .formatted(path, LENGTH, FIRST)
            .replace("\n", "\r\n")
            .replace("email,region\r\n", FIRST);
    sender.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    sender.getOutputStream().flush();
  }
}
