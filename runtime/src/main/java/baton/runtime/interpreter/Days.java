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

/// Single days: "tomorrow", "next Tuesday", "the 5th", "24 November", "2026-11-24", "a week from
/// Monday".
final class Days {
  /// @param until the first day that is no longer meant
  /// @param weekday whether it was named by its day of the week
  record Day(
      LocalDate from, LocalDate until, boolean weekday, int confidence, int first, int last) {
    boolean single() {
      return until.equals(from.plusDays(1));
    }

    Day startingAt(int place) {
      return new Day(from, until, weekday, confidence, place, last);
    }
  }

  private static final Map<String, DayOfWeek> WEEKDAYS =
      Map.ofEntries(
          Map.entry("monday", DayOfWeek.MONDAY), Map.entry("mon", DayOfWeek.MONDAY),
          Map.entry("tuesday", DayOfWeek.TUESDAY), Map.entry("tue", DayOfWeek.TUESDAY),
          Map.entry("tues", DayOfWeek.TUESDAY), Map.entry("wednesday", DayOfWeek.WEDNESDAY),
          Map.entry("wed", DayOfWeek.WEDNESDAY), Map.entry("weds", DayOfWeek.WEDNESDAY),
          Map.entry("wensday", DayOfWeek.WEDNESDAY), Map.entry("wendsday", DayOfWeek.WEDNESDAY),
          Map.entry("thursday", DayOfWeek.THURSDAY), Map.entry("thu", DayOfWeek.THURSDAY),
          Map.entry("thur", DayOfWeek.THURSDAY), Map.entry("thurs", DayOfWeek.THURSDAY),
          Map.entry("friday", DayOfWeek.FRIDAY), Map.entry("fri", DayOfWeek.FRIDAY),
          Map.entry("saturday", DayOfWeek.SATURDAY), Map.entry("sunday", DayOfWeek.SUNDAY));

  private static final List<String> FULL_NAMES =
      WEEKDAYS.keySet().stream().filter(name -> name.endsWith("day")).sorted().toList();

  private static final Map<String, Integer> MONTHS =
      Map.ofEntries(
          Map.entry("january", 1), Map.entry("jan", 1),
          Map.entry("february", 2), Map.entry("feb", 2),
          Map.entry("march", 3), Map.entry("mar", 3),
          Map.entry("april", 4), Map.entry("apr", 4),
          Map.entry("may", 5), Map.entry("june", 6),
          Map.entry("jun", 6), Map.entry("july", 7),
          Map.entry("jul", 7), Map.entry("august", 8),
          Map.entry("aug", 8), Map.entry("september", 9),
          Map.entry("sep", 9), Map.entry("sept", 9),
          Map.entry("october", 10), Map.entry("oct", 10),
          Map.entry("november", 11), Map.entry("nov", 11),
          Map.entry("december", 12), Map.entry("dec", 12));

  private static final List<String> ORDINALS =
      List.of(
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "sixth",
          "seventh",
          "eighth",
          "ninth",
          "tenth",
          "eleventh",
          "twelfth",
          "thirteenth",
          "fourteenth",
          "fifteenth",
          "sixteenth",
          "seventeenth",
          "eighteenth",
          "nineteenth",
          "twentieth");

  private static final Set<String> TOMORROW =
      Set.of(
          "tomorrow",
          "tomorrows",
          "tmrw",
          "tmr",
          "tmw",
          "tmrrw",
          "tomoz",
          "tomo",
          "tomorow",
          "tommorow",
          "tommorrow",
          "tomorro",
          "2morrow");

  private static final Set<String> FIRST_WORDS =
      Letters.all(
          WEEKDAYS.keySet(),
          MONTHS.keySet(),
          ORDINALS,
          TOMORROW,
          Letters.words("sat sun twenty thirty today tonight later day next this coming a one"));

  private static final Pattern POINTED = Pattern.compile("\\d{1,2}\\.\\d{1,2}\\.\\d{4}");
  private static final Pattern ISO = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern SLASHED = Pattern.compile("\\d{1,2}/\\d{1,2}(/(20)?\\d{2})?");
  private static final Pattern DAY = Pattern.compile("\\d{1,2}");
  private static final Pattern YEAR = Pattern.compile("20\\d{2}");
  private static final Set<String> SUFFIXES = Set.of("st", "nd", "rd", "th");

  private static final Set<String> NOT_A_DAY =
      Set.of("one", "option", "slot", "time", "choice", "thing", "floor", "avenue", "street");

  /// "Last Tuesday" and "every Monday" name no day to come.
  private static final Set<String> NOT_TO_COME =
      Set.of("last", "since", "every", "each", "past", "previous");

  private final Utterance text;
  private final LocalDate today;
  private final ZoneId zone;

  Days(Utterance text, LocalDate today, ZoneId zone) {
    this.text = text;
    this.today = today;
    this.zone = zone;
  }

  /// Whether a word that is no number may begin a day.
  static boolean mayBegin(String word) {
    return FIRST_WORDS.contains(word) || fullName(word).isPresent();
  }

  /// "Happy Friday" and "that's all for today" wish for nothing.
  private boolean idle(int i) {
    boolean greeted = Set.of("happy", "lovely", "great").contains(text.at(i - 1));
    return greeted || (text.at(i - 1).equals("for") && text.at(i - 2).equals("all"));
  }

  /// The day whose name begins at a place.
  Optional<Day> at(int i) {
    if (NOT_TO_COME.contains(text.at(i - 1)) && !text.at(i - 2).equals("the")) {
      return Optional.empty();
    }
    if (idle(i)) return Optional.empty();
    var word = text.at(i);
    if (TOMORROW.contains(word)) return found(today.plusDays(1), 95, i, i);
    return switch (word) {
      case "" -> Optional.empty();
      case "today", "tonight" -> found(today, 90, i, i);
      case "later" ->
          text.at(i + 1).equals("today") ? found(today, 90, i, i + 1) : Optional.empty();
      case "2" ->
          text.at(i + 1).startsWith("mor")
              ? found(today.plusDays(1), 95, i, i + 1)
              : other(word, i);
      case "day" ->
          text.at(i + 1).equals("after") && TOMORROW.contains(text.at(i + 2))
              ? found(today.plusDays(2), 95, i, i + 2)
              : Optional.empty();
      case "next" ->
          weekday(i + 1)
              .map(day -> new Day(week(1, day), week(1, day).plusDays(1), true, 75, i, i + 1));
      case "this", "coming" -> weekday(i + 1).map(day -> named(coming(day), i, i + 1));
      case "a", "one" -> weekFrom(i);
      default -> other(word, i);
    };
  }

  private Optional<Day> other(String word, int i) {
    var weekday = weekday(i);
    if (weekday.isPresent()) {
      var date = coming(weekday.get());
      boolean weekLater = text.at(i + 1).equals("week") && text.sameClause(i, i + 1);
      return Optional.of(weekLater ? named(date.plusDays(7), i, i + 1) : named(date, i, i));
    }
    return text.words().get(i).numeric()
        ? written(i).or(() -> slashed(i)).or(() -> numberFirst(i))
        : monthFirst(i).or(() -> ordinal(i));
  }

  /// "A week from Monday", "a week on Tuesday", "a week from today".
  private Optional<Day> weekFrom(int i) {
    boolean said =
        text.at(i + 1).equals("week")
            && (text.at(i + 2).equals("from") || text.at(i + 2).equals("on"));
    if (!said) return Optional.empty();
    return at(i + 3)
        .filter(Day::single)
        .flatMap(day -> found(day.from.plusDays(7), day.confidence, i, day.last));
  }

  private static Day named(LocalDate date, int first, int last) {
    return new Day(date, date.plusDays(1), true, 90, first, last);
  }

  private static Optional<Day> found(LocalDate date, int confidence, int first, int last) {
    return Optional.of(new Day(date, date.plusDays(1), false, confidence, first, last));
  }

  private LocalDate coming(DayOfWeek day) {
    return today.with(TemporalAdjusters.next(day));
  }

  /// "Next Tuesday" is the one of next week; people differ, so it is less sure.
  private LocalDate week(int ahead, DayOfWeek day) {
    return today
        .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
        .plusWeeks(ahead - 1)
        .with(TemporalAdjusters.nextOrSame(day));
  }

  private Optional<DayOfWeek> weekday(int i) {
    if (i < 0) return Optional.empty();
    var word = text.at(i);
    if (word.startsWith("weekday") || text.contracted(i)) return Optional.empty();
    var exact = WEEKDAYS.get(word);
    if (exact != null) return Optional.of(exact);
    if (word.equals("sat") || word.equals("sun")) return weekend(i);
    return fullName(word).map(WEEKDAYS::get);
  }

  /// The weekday for which a word stands, give or take a slip.
  private static Optional<String> fullName(String word) {
    var singular = word.endsWith("days") ? word.substring(0, word.length() - 1) : word;
    for (var name : FULL_NAMES) {
      if (name.equals(singular) || Spelling.near(singular, name)) return Optional.of(name);
    }
    return Optional.empty();
  }

  /// "Sat" and "sun" are other words too.
  private Optional<DayOfWeek> weekend(int i) {
    var after = text.at(i + 1);
    boolean day =
        Set.of("on", "or", "this", "next", "and").contains(text.at(i - 1))
            || (!after.isEmpty() && Character.isDigit(after.charAt(0)))
            || Set.of("morning", "afternoon", "at", "or", "evening").contains(after)
            || text.size() <= 2;
    if (!day) return Optional.empty();
    return Optional.of(text.at(i).equals("sat") ? DayOfWeek.SATURDAY : DayOfWeek.SUNDAY);
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
    boolean always = text.at(i).equals("24/7");
    if (always || !SLASHED.matcher(text.at(i)).matches()) return Optional.empty();
    var pieces = text.at(i).split("/");
    int one = Integer.parseInt(pieces[0]);
    int other = Integer.parseInt(pieces[1]);
    boolean american = zone.getId().startsWith("America/") || zone.getId().startsWith("US/");
    boolean monthFirst = other > 12 || (american && one <= 12);
    int month = monthFirst ? one : other;
    int day = monthFirst ? other : one;
    if (pieces.length == 2) return yearless(month, day, 75, i, i);
    int year = Integer.parseInt(pieces[2]);
    return dated(year < 100 ? 2000 + year : year, month, day, 75, i, i);
  }

  /// "November 24th", "Nov 24 2026".
  private Optional<Day> monthFirst(int i) {
    int month = month(text.at(i));
    if (month == 0) return Optional.empty();
    int place = text.at(i + 1).equals("the") ? i + 2 : i + 1;
    int day = dayOfMonth(place);
    if (day == 0) return Optional.empty();
    int last = SUFFIXES.contains(text.at(place + 1)) ? place + 1 : place;
    return withYear(month, day, i, last);
  }

  /// "24 November", "the 24th of November", "the 24th".
  private Optional<Day> numberFirst(int i) {
    int day = dayOfMonth(i);
    if (day == 0) return Optional.empty();
    boolean ordinal = SUFFIXES.contains(text.at(i + 1));
    return ofMonth(day, ordinal, i, ordinal ? i + 1 : i);
  }

  /// "The third of December", "on the twenty-fourth".
  private Optional<Day> ordinal(int i) {
    var word = text.at(i);
    int tens = word.equals("twenty") ? 20 : word.equals("thirty") ? 30 : 0;
    int ones = ORDINALS.indexOf(tens > 0 ? text.at(i + 1) : word) + 1;
    if (ones == 0 || (tens > 0 && ones > 9) || tens + ones > 31) return Optional.empty();
    return ofMonth(tens + ones, true, i, tens > 0 ? i + 1 : i);
  }

  private Optional<Day> ofMonth(int day, boolean ordinal, int first, int last) {
    int next = last + 1;
    int place = text.at(next).equals("of") ? next + 1 : next;
    int month = month(text.at(place));
    if (month > 0 && text.sameSentence(first, place)) return withYear(month, day, first, place);
    if (text.at(place).equals("next") && text.at(place + 1).equals("month")) {
      var start = today.with(TemporalAdjusters.firstDayOfNextMonth());
      if (day > start.lengthOfMonth()) return Optional.empty();
      return found(start.withDayOfMonth(day), 90, first, place + 1);
    }
    if (!ordinal || NOT_A_DAY.contains(text.at(next))) return Optional.empty();
    boolean named = text.at(first - 1).equals("the") && weekday(first - 2).isPresent();
    boolean onThe = named || text.at(first - 2).equals("on") && text.at(first - 1).equals("the");
    boolean inWords = !text.words().get(first).numeric();
    if ((day <= 3 || inWords) && !onThe) return Optional.empty();
    var date = today;
    while (date.lengthOfMonth() < day || !date.withDayOfMonth(day).isAfter(today)) {
      date = date.with(TemporalAdjusters.firstDayOfNextMonth());
    }
    return found(date.withDayOfMonth(day), 85, first, last);
  }

  private int dayOfMonth(int i) {
    if (!DAY.matcher(text.at(i)).matches()) return 0;
    int day = Integer.parseInt(text.at(i));
    return day <= 31 ? day : 0;
  }

  static Set<String> months() {
    return MONTHS.keySet();
  }

  /// The number of a month by its name, or 0.
  static int month(String word) {
    return MONTHS.getOrDefault(word, 0);
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
