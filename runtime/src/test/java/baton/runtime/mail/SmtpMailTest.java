package baton.runtime.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.mail.SmtpMail.Server;
import baton.runtime.mail.SmtpMail.Tls;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpMailTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(8);

  private final GreenMail real =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
          });

  @BeforeEach
  void start() {
    real.start();
  }

  @AfterEach
  void stop() {
    real.stop();
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  @Test
  void aRealServerHasTheLetterAsItWasWritten() throws Exception {
    var letter = Letters.letter("l1", "Zoë <zoe@kunde.example>", "Größe für Zoë");
    assertEquals(new Sent.Accepted(), mail(real.getSmtp().getPort(), Tls.OFF, "").send(letter));
    var received = real.getReceivedMessages();
    assertEquals(1, received.length);
    assertEquals("Größe für Zoë", received[0].getSubject());
    assertEquals("<l1@sales.example>", received[0].getMessageID());
    var text = received[0].getContent().toString().replace("\r\n", "\n");
    assertEquals(letter.text().strip(), text.strip());
    assertEquals(
        "zoe@kunde.example", received[0].getAllRecipients()[0].toString().replaceAll(".*<|>", ""));
  }

  @Test
  void whoHasToLogInDoesAndAWrongPasswordIsARefusal() {
    real.setUser("sales@sales.example", "sales", "secret");
    real.getUserManager().setAuthRequired(true);
    int port = real.getSmtp().getPort();
    assertEquals(new Sent.Accepted(), mail(port, Tls.OFF, "secret").send(Letters.plain("l1")));
    assertEquals(
        new Sent.Refused("mail-login"), mail(port, Tls.OFF, "wrong").send(Letters.plain("l2")));
    assertEquals(1, real.getReceivedMessages().length);
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefusedAndSoIsAServerWithoutTls() {
    // The test server prints what a client that hangs up does to it.
    Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
    var unknown = mail(real.getSmtps().getPort(), Tls.TLS, "");
    assertEquals(new Sent.Refused("mail-tls"), unknown.send(Letters.plain("l1")));
    var clear = mail(real.getSmtp().getPort(), Tls.STARTTLS, "");
    assertEquals(new Sent.Refused("mail-tls"), clear.send(Letters.plain("l2")));
    assertEquals(0, real.getReceivedMessages().length);
  }

  @ParameterizedTest
  @CsvSource({
    "GREETING, 554, smtp-554",
    "GREETING, 421, smtp-421",
    "MAIL, 451, smtp-451",
    "RCPT, 550, smtp-550",
    "DATA, 452, smtp-452",
    "END, 554, smtp-554",
    "END, 421, smtp-421"
  })
  void aServerThatSaysNoIsARefusalWithItsCodeAndNothingElse(String where, int code, String reason)
      throws IOException {
    try (var server = ScriptedServer.start(where, code + " 5.1.1 <zoe@kunde.example> unknown")) {
      var sent = mail(server.port(), Tls.OFF, "", LONG).send(Letters.plain("l1"));
      assertEquals(new Sent.Refused(reason), sent);
      assertEquals(1, server.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "MAIL", "RCPT", "DATA"})
  void aServerThatFallsSilentBeforeItHasTheLetterSurelyHasNot(String where) throws IOException {
    try (var server = ScriptedServer.start(where, ScriptedServer.SILENCE)) {
      var before = System.nanoTime();
      var sent = mail(server.port(), Tls.OFF, "", SHORT).send(Letters.plain("l1"));
      assertEquals(new Sent.Refused("mail-no-answer"), sent);
      assertTrue(Duration.ofNanos(System.nanoTime() - before).compareTo(LONG) < 0);
      assertFalse(server.gotTheLetter());
    }
  }

  @Test
  void aServerThatFallsSilentAfterItLeavesItUnknown() throws IOException {
    try (var server = ScriptedServer.start("END", ScriptedServer.SILENCE)) {
      var sent = mail(server.port(), Tls.OFF, "", SHORT).send(Letters.plain("l1"));
      assertEquals(new Sent.Unknown("mail-no-answer"), sent);
    }
  }

  @Test
  void aServerThatDripsOneByteAtATimeIsGivenUpInTime() throws IOException {
    try (var server = ScriptedServer.start("MAIL", ScriptedServer.DRIP)) {
      var before = System.nanoTime();
      var sent = mail(server.port(), Tls.OFF, "", SHORT).send(Letters.plain("l1"));
      assertEquals(new Sent.Refused("mail-no-answer"), sent);
      assertTrue(Duration.ofNanos(System.nanoTime() - before).compareTo(LONG) < 0);
    }
  }

  @Test
  void aLineThatBreaksBeforeTheLetterIsARefusalAndAfterItUnknown() throws IOException {
    for (var where : List.of("GREETING", "MAIL", "DATA")) {
      try (var server = ScriptedServer.start(where, ScriptedServer.BREAK)) {
        var sent = mail(server.port(), Tls.OFF, "", LONG).send(Letters.plain("l1"));
        assertEquals(new Sent.Refused("mail-unreachable"), sent, where);
      }
    }
    try (var server = ScriptedServer.start("END", ScriptedServer.BREAK)) {
      var sent = mail(server.port(), Tls.OFF, "", LONG).send(Letters.plain("l1"));
      assertEquals(new Sent.Unknown("mail-broken"), sent);
      assertTrue(server.gotTheLetter());
    }
  }

  @Test
  void whatHappensOnceTheServerHasSaidYesChangesNothing() throws IOException {
    for (var end : List.of(ScriptedServer.SILENCE, ScriptedServer.BREAK)) {
      try (var server = ScriptedServer.start("QUIT", end)) {
        var sent = mail(server.port(), Tls.OFF, "", SHORT).send(Letters.plain("l1"));
        assertEquals(new Sent.Accepted(), sent);
      }
    }
  }

  @Test
  void whereNobodyListensNothingIsSent() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var sent = mail(port, Tls.OFF, "").send(Letters.plain("l1"));
    assertEquals(new Sent.Refused("mail-unreachable"), sent);
  }

  @Test
  void aLetterThatCannotBeIsRefusedBeforeAnybodyIsCalled() {
    var mail = mail(1, Tls.OFF, "");
    var two = Letters.letter("l1", "a@b.example\r\nRCPT TO:<c@d.example>", "Hello");
    assertEquals(new Sent.Refused("bad-address"), mail.send(two));
    var header = Letters.letter("l1", "a@b.example", "Hello\r\nBcc: c@d.example");
    assertEquals(new Sent.Refused("bad-subject"), mail.send(header));
  }

  private static SmtpMail mail(int port, Tls tls, String password) {
    return mail(port, tls, password, LONG);
  }

  private static SmtpMail mail(int port, Tls tls, String password, Duration timeout) {
    return new SmtpMail(
        new Server("127.0.0.1", port, tls, password.isEmpty() ? "" : "sales", password),
        new Address("Zoë's sales", "sales", "sales.example"),
        timeout,
        InstantSource.fixed(Instant.parse("2027-06-07T12:00:00Z")));
  }
}
