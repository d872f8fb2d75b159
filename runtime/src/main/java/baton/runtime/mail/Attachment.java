package baton.runtime.mail;

import java.nio.charset.StandardCharsets;

/// A file that goes with a letter. A calendar's is shown as an invitation by mail programs.
///
/// @param name of the file, such as `invitation.ics`
/// @param type of its content, such as `application/pdf` or `text/calendar; method=REQUEST`
public record Attachment(String name, String type, byte[] content) {
  public Attachment {
    content = content.clone();
  }

  /// Text in UTF-8.
  public static Attachment of(String name, String type, String content) {
    return new Attachment(name, type, content.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] content() {
    return content.clone();
  }

  boolean isCalendar() {
    return type.startsWith("text/calendar");
  }
}
