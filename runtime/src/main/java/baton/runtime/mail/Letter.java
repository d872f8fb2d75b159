package baton.runtime.mail;

import java.util.Optional;
import java.util.regex.Pattern;

/// One e-mail to one person. Personal text in the clear: it is made just before it is sent, and
/// kept nowhere but where it is delivered to.
///
/// @param key names the letter for good; its Message-ID and its file are called after it
/// @param to one address, `NAME@DOMAIN` or `Somebody <NAME@DOMAIN>`
/// @param text plain, in lines that end with `\n`
/// @param unsubscribe an address at which whoever posts to it hears no more from us (RFC 8058)
public record Letter(
    String key,
    String to,
    String subject,
    String text,
    Optional<Attachment> attachment,
    Optional<String> unsubscribe) {
  static final int SUBJECT_CHARS_MAX = 200;
  static final int TEXT_CHARS_MAX = 100_000;
  static final int ATTACHMENT_BYTES_MAX = 5_000_000;

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern LINK = Pattern.compile("https?://[!-;=?-~]{1,500}");

  /// That nobody needs to unsubscribe from.
  public Letter(
      String key, String to, String subject, String text, Optional<Attachment> attachment) {
    this(key, to, subject, text, attachment, Optional.empty());
  }

  public Letter {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("a letter's key is 1 to 64 of A-Z, a-z, 0-9, _ and -");
    }
    if (unsubscribe.filter(link -> !LINK.matcher(link).matches()).isPresent()) {
      throw new IllegalArgumentException("a link is an address of the web");
    }
  }

  /// It may hold more than a log should: addresses and words stay out.
  @Override
  public String toString() {
    return "Letter[" + key + "]";
  }
}
