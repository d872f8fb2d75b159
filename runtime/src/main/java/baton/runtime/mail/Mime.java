package baton.runtime.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/// A letter as RFC 5322 and MIME want it, in ASCII alone. Nothing that a letter holds can add a
/// header to it or another addressee.
final class Mime extends MimeMessage {
  /// Told before the first byte of the message goes out.
  @FunctionalInterface
  interface HandOver {
    void begins() throws IOException;
  }

  /// Why there can be no such message, as a code.
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String code) {
      super(code);
    }
  }

  private final String messageId;
  private final HandOver handOver;

  /// @param at what the letter is dated
  Mime(Session session, Address from, Letter letter, Instant at, HandOver handOver) throws Unfit {
    super(session);
    this.messageId = "<" + letter.key() + "@" + from.domain() + ">";
    this.handOver = handOver;
    var to = Address.parsed(letter.to()).orElseThrow(() -> new Unfit("bad-address"));
    check(letter);
    try {
      setFrom(from.internet());
      setRecipient(RecipientType.TO, to.internet());
      setSubject(letter.subject(), "UTF-8");
      setSentDate(Date.from(at));
      // So that an answering machine does not answer it.
      setHeader("Auto-Submitted", "auto-generated");
      if (letter.unsubscribe().isPresent()) {
        setHeader("List-Unsubscribe", "<" + letter.unsubscribe().get() + ">");
        setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
      }
      fill(letter);
      saveChanges();
    } catch (MessagingException unwritable) {
      throw new Unfit("bad-letter");
    }
  }

  InternetAddress[] to() throws MessagingException {
    return (InternetAddress[]) getRecipients(RecipientType.TO);
  }

  @Override
  public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
    handOver.begins();
    super.writeTo(out, ignored);
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  private static void check(Letter letter) throws Unfit {
    boolean plain = letter.subject().codePoints().noneMatch(Character::isISOControl);
    if (!plain || letter.subject().isBlank()) throw new Unfit("bad-subject");
    boolean large =
        letter.subject().length() > Letter.SUBJECT_CHARS_MAX
            || letter.text().length() > Letter.TEXT_CHARS_MAX
            || letter.attachment().map(Attachment::content).map(bytes -> bytes.length).orElse(0)
                > Letter.ATTACHMENT_BYTES_MAX;
    if (large) throw new Unfit("letter-too-large");
  }

  private void fill(Letter letter) throws MessagingException {
    if (letter.attachment().isEmpty()) {
      words(this, letter.text());
      return;
    }
    var attachment = letter.attachment().get();
    // Mail programs show an invitation where it is another form of the words (RFC 6047, 2.4).
    var parts = new MimeMultipart(attachment.isCalendar() ? "alternative" : "mixed");
    var words = new MimeBodyPart();
    words(words, letter.text());
    parts.addBodyPart(words);
    parts.addBodyPart(file(attachment));
    setContent(parts);
  }

  private static void words(Part part, String text) throws MessagingException {
    part.setDataHandler(
        bytes(
            text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8),
            "text/plain; charset=UTF-8"));
    part.setHeader("Content-Transfer-Encoding", "quoted-printable");
  }

  private static MimeBodyPart file(Attachment attachment) throws MessagingException {
    var file = new MimeBodyPart();
    String type = attachment.type() + (attachment.isCalendar() ? "; charset=UTF-8" : "");
    file.setDataHandler(bytes(attachment.content(), type));
    file.setFileName(attachment.name());
    file.setDisposition(attachment.isCalendar() ? Part.INLINE : Part.ATTACHMENT);
    file.setHeader("Content-Transfer-Encoding", "base64");
    return file;
  }

  private static DataHandler bytes(byte[] content, String type) {
    return new DataHandler(new ByteArrayDataSource(content, type));
  }
}
