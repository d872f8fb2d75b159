package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Time zones by their distance from Greenwich: "UTC+2", "GMT-5:30". Named zones are the lexicon's.
final class Zones {
  private static final Pattern OFFSET =
      Pattern.compile(
          "\\b(?:utc|gmt)\\s?([+-]\\d{1,2}(?::[0-5]\\d)?)(?![\\d:])", Pattern.CASE_INSENSITIVE);

  private Zones() {}

  static Optional<Signal> offset(String text) {
    if (text.indexOf('+') < 0 && text.indexOf('-') < 0) return Optional.empty();
    var hit = OFFSET.matcher(text);
    if (!hit.find()) return Optional.empty();
    var digits = hit.group(1).toUpperCase(Locale.ROOT);
    if (digits.indexOf(':') == 2) digits = digits.charAt(0) + "0" + digits.substring(1);
    try {
      var zone = Value.of(ZoneId.of("UTC" + digits).getId());
      return Optional.of(new Signal(Signal.TIME_ZONE, zone, 94, hit.start(), hit.end()));
    } catch (DateTimeException outOfRange) {
      return Optional.empty();
    }
  }
}
