package baton.runtime.interpreter;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Days in plain English: "tomorrow", "next Tuesday", "the 5th", "24 November", "2026-11-24".
final class Days {
  record Day(LocalDate date, int confidence, int first, int last) {}

  private static final Map<String, DayOfWeek> WEEKDAYS =
      Map.ofEntries(
          Map.entry("monday", DayOfWeek.MONDAY), Map.entry("mon", DayOfWeek.MONDAY),
          Map.entry("tuesday", DayOfWeek.TUESDAY), Map.entry("tue", DayOfWeek.TUESDAY),
          Map.entry("tues", DayOfWeek.TUESDAY), Map.entry("wednesday", DayOfWeek.WEDNESDAY),
          Map.entry("wed", DayOfWeek.WEDNESDAY), Map.entry("weds", DayOfWeek.WEDNESDAY),
          Map.entry("thursday", DayOfWeek.THURSDAY), Map.entry("thu", DayOfWeek.THURSDAY),
          Map.entry("thur", DayOfWeek.THURSDAY), Map.entry("thurs", DayOfWeek.THURSDAY),
          Map.entry("friday", DayOfWeek.FRIDAY), Map.entry("fri", DayOfWeek.FRIDAY),
          Map.entry("saturday", DayOfWeek.SATURDAY), Map.entry("sunday", DayOfWeek.SUNDAY));

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final List<String> LONG_MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private static final Pattern POINTED = Pattern.compile("\\d{1,2}\\.\\d{1,2}\\.\\d{4}");
  private static final Pattern ISO = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern SLASHED = Pattern.compile("\\d{1,2}/\\d{1,2}(/\\d{4})?");
  private static final Pattern DAY = Pattern.compile("\\d{1,2}");
  private static final Pattern YEAR = Pattern.compile("20\\d{2}");
  private static final Set<String> ORDINALS = Set.of("st", "nd", "rd", "th");
  private static final Set<String> NOT_A_DAY = Set.of("one", "option", "slot", "time", "choice");

  private final Utterance text;
  private final LocalDate today;
  private final ZoneId zone;

  Days(Utterance text, LocalDate today, ZoneId zone) {
    this.text = text;
    this.today = today;
    this.zone = zone;
  }

  /// The day whose name begins at a place.
  Optional<Day> at(int i) {
    var word = text.at(i);
    if (word.isEmpty()) return Optional.empty();
    return switch (word) {
      case "today", "tonight" -> found(today, 90, i, i);
      case "tomorrow", "tomorrows", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow" ->
          found(today.plusDays(1), 95, i, i);
      case "day" ->
          text.at(i + 1).equals("after") && text.at(i + 2).equals("tomorrow")
              ? found(today.plusDays(2), 95, i, i + 2)
              : Optional.empty();
      case "next" -> next(i);
      case "this", "coming" ->
          weekday(text.at(i + 1)).flatMap(day -> found(coming(day), 90, i, i + 1));
      default ->
          weekday(word)
              .flatMap(day -> found(coming(day), 90, i, i))
              .or(() -> written(i))
              .or(() -> slashed(i))
              .or(() -> monthFirst(i))
              .or(() -> numberFirst(i));
    };
  }

  private static Optional<Day> found(LocalDate date, int confidence, int first, int last) {
    return Optional.of(new Day(date, confidence, first, last));
  }

  /// "Next Tuesday" is the one of next week; people differ, so it is less sure.
  private Optional<Day> next(int i) {
    var monday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    return switch (text.at(i + 1)) {
      case "week" -> {
        var day = weekday(text.at(i + 2));
        yield day.isPresent()
            ? found(monday.with(TemporalAdjusters.nextOrSame(day.get())), 90, i, i + 2)
            : found(monday, 75, i, i + 1);
      }
      case "month" -> found(today.with(TemporalAdjusters.firstDayOfNextMonth()), 75, i, i + 1);
      default ->
          weekday(text.at(i + 1))
              .flatMap(day -> found(monday.with(TemporalAdjusters.nextOrSame(day)), 75, i, i + 1));
    };
  }

  private LocalDate coming(DayOfWeek day) {
    return today.with(TemporalAdjusters.next(day));
  }

  private static Optional<DayOfWeek> weekday(String word) {
    var exact = WEEKDAYS.get(word);
    if (exact != null) return Optional.of(exact);
    return WEEKDAYS.keySet().stream()
        .filter(name -> name.endsWith("day") && Spelling.near(word, name))
        .sorted()
        .findFirst()
        .map(WEEKDAYS::get);
  }

  /// 2026-11-24, and 24.11.2026.
  private Optional<Day> written(int i) {
    if (POINTED.matcher(text.at(i)).matches()) {
      var pieces = text.at(i).split("\\.");
      int month = Integer.parseInt(pieces[1]);
      return dated(Integer.parseInt(pieces[2]), month, Integer.parseInt(pieces[0]), 95, i, i);
    }
    if (!ISO.matcher(text.at(i)).matches()) return Optional.empty();
    try {
      return recent(LocalDate.parse(text.at(i)), 95, i, i);
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  /// 11/24 in America, 24/11 elsewhere.
  private Optional<Day> slashed(int i) {
    if (!SLASHED.matcher(text.at(i)).matches()) return Optional.empty();
    var pieces = text.at(i).split("/");
    int one = Integer.parseInt(pieces[0]);
    int other = Integer.parseInt(pieces[1]);
    boolean american = zone.getId().startsWith("America/") || zone.getId().startsWith("US/");
    boolean monthFirst = other > 12 || (american && one <= 12);
    int month = monthFirst ? one : other;
    int day = monthFirst ? other : one;
    if (pieces.length == 2) return yearless(month, day, 75, i, i);
    return dated(Integer.parseInt(pieces[2]), month, day, 75, i, i);
  }

  /// "November 24th", "Nov 24 2026".
  private Optional<Day> monthFirst(int i) {
    int month = month(text.at(i));
    int day = dayOfMonth(i + 1);
    if (month == 0 || day == 0) return Optional.empty();
    int last = ORDINALS.contains(text.at(i + 2)) ? i + 2 : i + 1;
    return withYear(month, day, i, last);
  }

  /// "24 November", "the 24th of November", "the 24th".
  private Optional<Day> numberFirst(int i) {
    int day = dayOfMonth(i);
    if (day == 0) return Optional.empty();
    boolean ordinal = ORDINALS.contains(text.at(i + 1));
    int next = ordinal ? i + 2 : i + 1;
    int place = text.at(next).equals("of") ? next + 1 : next;
    int month = month(text.at(place));
    if (month > 0) return withYear(month, day, i, place);
    if (!ordinal || NOT_A_DAY.contains(text.at(next))) return Optional.empty();
    if (day <= 3 && !text.at(i - 2).equals("on")) return Optional.empty();
    var date = today;
    while (date.lengthOfMonth() < day || !date.withDayOfMonth(day).isAfter(today)) {
      date = date.with(TemporalAdjusters.firstDayOfNextMonth());
    }
    return found(date.withDayOfMonth(day), 85, i, i + 1);
  }

  private int dayOfMonth(int i) {
    if (!DAY.matcher(text.at(i)).matches()) return 0;
    int day = Integer.parseInt(text.at(i));
    return day <= 31 ? day : 0;
  }

  private static int month(String word) {
    return Math.max(MONTHS.indexOf(word), LONG_MONTHS.indexOf(word)) + 1;
  }

  private Optional<Day> withYear(int month, int day, int first, int last) {
    return YEAR.matcher(text.at(last + 1)).matches()
        ? dated(Integer.parseInt(text.at(last + 1)), month, day, 95, first, last + 1)
        : yearless(month, day, 90, first, last);
  }

  private Optional<Day> yearless(int month, int day, int confidence, int first, int last) {
    try {
      var date = MonthDay.of(month, day).atYear(today.getYear());
      return found(date.isBefore(today) ? date.plusYears(1) : date, confidence, first, last);
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  private Optional<Day> dated(int year, int month, int day, int confidence, int first, int last) {
    try {
      return recent(LocalDate.of(year, month, day), confidence, first, last);
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  /// A day that is over is no wish.
  private Optional<Day> recent(LocalDate date, int confidence, int first, int last) {
    return date.isBefore(today) ? Optional.empty() : found(date, confidence, first, last);
  }
}
