package baton.persistence.codec;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Instants as ISO 8601 has them, to the same characters as [Instant#toString] and back. Every row
/// has several: what a general formatter takes for one is a good part of reading a journal.
final class Times {
  /// Years with four digits, in seconds of 1970.
  private static final long YEAR_0 = -62_167_219_200L;

  private static final long YEAR_10000 = 253_402_300_800L;
  private static final int SECONDS_END = 19;
  private static final int NANO_DIGITS = 9;

  private Times() {}

  static String text(Instant at) {
    long seconds = at.getEpochSecond();
    if (seconds < YEAR_0 || seconds >= YEAR_10000) return at.toString();
    var time = LocalDateTime.ofEpochSecond(seconds, at.getNano(), ZoneOffset.UTC);
    var text = new StringBuilder(30);
    digits(text, time.getYear(), 4).append('-');
    digits(text, time.getMonthValue(), 2).append('-');
    digits(text, time.getDayOfMonth(), 2).append('T');
    digits(text, time.getHour(), 2).append(':');
    digits(text, time.getMinute(), 2).append(':');
    digits(text, time.getSecond(), 2);
    int nano = time.getNano();
    if (nano != 0) fraction(text.append('.'), nano);
    return text.append('Z').toString();
  }

  /// In thousandths, millionths or billionths.
  private static void fraction(StringBuilder text, int nano) {
    if (nano % 1_000_000 == 0) digits(text, nano / 1_000_000, 3);
    else if (nano % 1_000 == 0) digits(text, nano / 1_000, 6);
    else digits(text, nano, NANO_DIGITS);
  }

  private static StringBuilder digits(StringBuilder text, int number, int width) {
    int from = text.length();
    text.setLength(from + width);
    for (int at = from + width - 1; at >= from; at--, number /= 10) {
      text.setCharAt(at, (char) ('0' + number % 10));
    }
    return text;
  }

  /// @throws java.time.DateTimeException where it is none
  static Instant instant(String text) {
    if (!isUsual(text)) return Instant.parse(text);
    int hour = number(text, 11, 13);
    int second = number(text, 17, SECONDS_END);
    // The end of a day, and leap seconds, are left to those who know them.
    if (hour == 24 || second == 60) return Instant.parse(text);
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            hour,
            number(text, 14, 16),
            second,
            nano(text))
        .toInstant(ZoneOffset.UTC);
  }

  private static final String USUAL = "0000-00-00T00:00:00";

  private static boolean isUsual(String text) {
    int end = text.length() - 1;
    if (end < SECONDS_END || text.charAt(end) != 'Z') return false;
    for (int i = 0; i < SECONDS_END; i++) {
      boolean fits = USUAL.charAt(i) == '0' ? isDigit(text, i) : text.charAt(i) == USUAL.charAt(i);
      if (!fits) return false;
    }
    if (end == SECONDS_END) return true;
    int digits = end - SECONDS_END - 1;
    if (text.charAt(SECONDS_END) != '.' || digits < 1 || digits > NANO_DIGITS) return false;
    for (int i = SECONDS_END + 1; i < end; i++) {
      if (!isDigit(text, i)) return false;
    }
    return true;
  }

  private static boolean isDigit(String text, int at) {
    return text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) number = number * 10 + text.charAt(i) - '0';
    return number;
  }

  private static int nano(String text) {
    int end = text.length() - 1;
    if (end == SECONDS_END) return 0;
    int nano = number(text, SECONDS_END + 1, end);
    for (int i = end - SECONDS_END - 1; i < NANO_DIGITS; i++) nano *= 10;
    return nano;
  }
}
