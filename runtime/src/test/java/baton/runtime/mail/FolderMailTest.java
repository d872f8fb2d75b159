package baton.runtime.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderMailTest {
  private static final Instant NOW = Instant.parse("2027-06-07T12:00:00Z");

  @TempDir Path folder;
  private Path mail;
  private FolderMail out;

  @BeforeEach
  void open() {
    mail = folder.resolve("mail");
    out = mail(mail);
  }

  @Test
  void aLetterIsAFileOfItsOwnThatAMailProgramReads() throws Exception {
    var letter =
        Letters.letter("l1", "zoe@bücher.example", "Größe: 5 £ für Zoë " + "and more ".repeat(12));
    assertEquals(new Sent.Accepted(), out.send(letter));
    var message = read("l1");
    assertEquals(letter.subject().strip(), message.getSubject().strip());
    assertEquals("zoe@xn--bcher-kva.example", message.getAllRecipients()[0].toString());
    assertEquals(1, message.getAllRecipients().length);
    assertEquals("<l1@sales.example>", message.getMessageID());
    assertEquals("auto-generated", message.getHeader("Auto-Submitted", null));
    assertEquals(Date.from(NOW), message.getSentDate());
    assertTrue(message.getFrom()[0].toString().endsWith("<sales@sales.example>"));
    assertEquals(letter.text(), message.getContent().toString().replace("\r\n", "\n"));
    for (byte each : Files.readAllBytes(mail.resolve("l1.eml"))) assertTrue(each > 0, "ASCII");
  }

  @Test
  void aFileGoesWithItByteForByte() throws Exception {
    byte[] content = new byte[4000];
    for (int i = 0; i < content.length; i++) content[i] = (byte) i;
    var pdf = new Attachment("Angebot für Zoë.pdf", "application/pdf", content);
    out.send(new Letter("l1", "a@b.example", "Quote", "See.\n", Optional.of(pdf)));
    var parts = (MimeMultipart) read("l1").getContent();
    assertTrue(parts.getContentType().startsWith("multipart/mixed"));
    assertEquals("See.\r\n", parts.getBodyPart(0).getContent());
    BodyPart file = parts.getBodyPart(1);
    assertTrue(file.getContentType().startsWith("application/pdf"));
    assertArrayEquals(content, file.getInputStream().readAllBytes());
    assertEquals("attachment", file.getDisposition());
  }

  @Test
  void anInvitationIsAnotherFormOfTheWords() throws Exception {
    var file = Attachment.of("invitation.ics", "text/calendar; method=REQUEST", "BEGIN:Zoë\r\n");
    out.send(new Letter("l1", "a@b.example", "Appointment", "Words\n", Optional.of(file)));
    var parts = (MimeMultipart) read("l1").getContent();
    assertTrue(parts.getContentType().startsWith("multipart/alternative"));
    assertTrue(parts.getBodyPart(1).getContentType().contains("method=REQUEST"));
    var bytes = parts.getBodyPart(1).getInputStream().readAllBytes();
    assertEquals("BEGIN:Zoë\r\n", new String(bytes, StandardCharsets.UTF_8));
  }

  @Test
  void whatWouldAddAHeaderOrAnAddresseeIsRefusedAndNothingIsWritten() {
    for (var subject : List.of("", " ", "a\r\nBcc: c@d.example", "a\nb", "a\0", "a\u0085b")) {
      var letter = Letters.letter("l1", "a@b.example", subject);
      assertEquals(new Sent.Refused("bad-subject"), out.send(letter), subject);
    }
    var two = Letters.letter("l1", "a@b.example, c@d.example", "Hello");
    assertEquals(new Sent.Refused("bad-address"), out.send(two));
    var long200 = Letters.letter("l1", "a@b.example", "x".repeat(201));
    assertEquals(new Sent.Refused("letter-too-large"), out.send(long200));
    var file = new Attachment("a", "application/pdf", new byte[5_000_001]);
    var large = new Letter("l1", "a@b.example", "Hello", "", Optional.of(file));
    assertEquals(new Sent.Refused("letter-too-large"), out.send(large));
    assertFalse(Files.exists(mail));
    for (var key : List.of("", "../l1", "a/b", "a b", "x".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> Letters.plain(key), key);
    }
  }

  @Test
  void theFirstLetterOfAKeyStaysAndNobodyElseReadsIt() throws IOException {
    out.send(Letters.letter("l1", "a@b.example", "First"));
    var first = Files.readString(mail.resolve("l1.eml"));
    assertEquals(new Sent.Accepted(), out.send(Letters.letter("l1", "a@b.example", "Second")));
    assertEquals(first, Files.readString(mail.resolve("l1.eml")));
    try (var files = Files.list(mail)) {
      assertEquals(List.of("l1.eml"), files.map(file -> file.getFileName().toString()).toList());
    }
    assertEquals("rw-------", mode(mail.resolve("l1.eml")));
    assertEquals("rwx------", mode(mail));
  }

  @Test
  void aLetterThatWasHalfWrittenWhenTheProcessEndedIsWrittenAnew() throws Exception {
    Files.createDirectories(mail);
    Files.writeString(mail.resolve("l1.part"), "Subject: ha");
    assertEquals(new Sent.Accepted(), out.send(Letters.plain("l1")));
    assertEquals("Your appointment", read("l1").getSubject());
    assertFalse(Files.exists(mail.resolve("l1.part")));
  }

  @Test
  void aFolderThatCannotBeWrittenRefuses() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "no folder");
    assertEquals(
        new Sent.Refused("folder-not-writable"),
        mail(file.resolve("mail")).send(Letters.plain("l1")));
  }

  private static FolderMail mail(Path folder) {
    var from = new Address("Zoë's sales", "sales", "sales.example");
    return new FolderMail(folder, from, InstantSource.fixed(NOW));
  }

  private MimeMessage read(String key) throws Exception {
    try (var in = Files.newInputStream(mail.resolve(key + ".eml"))) {
      return new MimeMessage(Session.getInstance(new Properties()), in);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
