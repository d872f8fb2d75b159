package baton.simulation.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers, times and foreign words as the report writes them.
public final class Wording {
  /// Controls, and what changes the direction in which the text around it is read.
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\p{Cc}&&[^\\n\\t]]|[\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]");

  private Wording() {}

  /// What cannot be seen but would change what is seen shows as its code point.
  public static String plain(String words) {
    return UNSEEN
        .matcher(words)
        .replaceAll(found -> form("[U+%04X]", (int) found.group().charAt(0)));
  }

  /// A clause's id in the parts between which a line may end.
  public static List<String> parts(String clause) {
    return List.of(clause.split("(?<=\\.)"));
  }

  /// "1,234".
  public static String number(long number) {
    return form("%,d", number);
  }

  /// "1 conversation", "1,234 conversations".
  public static String count(long count, String one) {
    return number(count) + " " + one + (count == 1 ? "" : "s");
  }

  /// To the nearest percent; never 0 or 100 for what is neither.
  public static String share(long part, long whole) {
    if (whole == 0) return "–";
    long percent = Math.round(100.0 * part / whole);
    if (percent == 0 && part > 0) return "<\u00a01\u00a0%";
    if (percent == 100 && part < whole) return ">\u00a099\u00a0%";
    return percent + "\u00a0%";
  }

  /// The two largest units: "40 s", "12 min 40 s", "3 h 5 min", "3 d 2 h".
  public static String duration(long seconds) {
    if (seconds < 60) return seconds + "\u00a0s";
    if (seconds < 3_600) return two(seconds / 60, "min", seconds % 60, "s");
    if (seconds < 86_400) return two(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
    return two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
  }

  private static String two(long large, String unit, long small, String smaller) {
    return large + "\u00a0" + unit + (small == 0 ? "" : " " + small + "\u00a0" + smaller);
  }

  /// Since the opening: "0:20", "1:12:40", "3 d 0:00:20".
  public static String elapsed(Duration since) {
    long days = since.toDays();
    int hours = since.toHoursPart();
    String clock =
        days == 0 && hours == 0
            ? form("%d:%02d", since.toMinutesPart(), since.toSecondsPart())
            : form("%d:%02d:%02d", hours, since.toMinutesPart(), since.toSecondsPart());
    return days == 0 ? clock : days + " d " + clock;
  }

  /// The same digits wherever it is written.
  static String form(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
