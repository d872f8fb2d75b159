package baton.runtime.interpreter;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.Set;

/// Stretches of several days: "next week", "end of the month", "in two weeks", "this weekend", "mid
/// December".
final class Spans {
  private static final Set<String> BEGINNINGS = Set.of("beginning", "start", "early");
  private static final Set<String> MIDDLES = Set.of("middle", "mid");
  private static final Set<String> ENDS = Set.of("end", "late", "later");
  private static final Set<String> ENDS_OF =
      Set.of("beginning", "start", "middle", "end", "half", "part", "week");
  private static final Set<String> UNITS = Set.of("week", "month", "weekend", "after");
  private static final int DAYS_MAX = 366;

  /// The words with which a stretch begins.
  static final Set<String> FIRST_WORDS =
      Letters.all(
          BEGINNINGS, MIDDLES, ENDS, Days.months(), Letters.words("first next this week the in"));

  private final Utterance text;
  private final LocalDate today;

  Spans(Utterance text, LocalDate today) {
    this.text = text;
    this.today = today;
  }

  /// The stretch whose name begins at a place.
  Optional<Days.Day> at(int i) {
    return part(i).or(() -> whole(i)).or(() -> ahead(i));
  }

  /// "End of next week", "early December", "middle of the month", "first week of December".
  private Optional<Days.Day> part(int i) {
    var word = text.at(i);
    if (word.equals("first") && text.at(i + 1).equals("week") && text.at(i + 2).equals("of")) {
      return month(text.at(i + 3).equals("the") ? i + 4 : i + 3)
          .map(span -> cut(span, "beginning").startingAt(i));
    }
    if (!BEGINNINGS.contains(word) && !MIDDLES.contains(word) && !ENDS.contains(word)) {
      return Optional.empty();
    }
    return whole(place(i))
        .or(() -> unit(place(i)))
        .filter(span -> !span.single())
        .map(span -> cut(span, word).startingAt(i));
  }

  private int place(int i) {
    int place = i + 1;
    if (text.at(place).equals("of") || text.at(place).equals("in")) place++;
    if (text.at(place).equals("the")) place++;
    return place;
  }

  private Days.Day cut(Days.Day span, String part) {
    boolean week =
        span.from().plusDays(7).equals(span.until()) || span.until().getDayOfMonth() != 1;
    var monday = span.until().minusDays(7);
    var from = span.from();
    var until = span.until();
    if (BEGINNINGS.contains(part)) {
      until = week ? monday.plusDays(2) : from.plusDays(7);
    } else if (MIDDLES.contains(part)) {
      from = week ? monday.plusDays(1) : from.withDayOfMonth(11);
      until = week ? monday.plusDays(4) : from.withDayOfMonth(21);
    } else {
      from = week ? monday.plusDays(3) : until.minusDays(7);
      until = week ? monday.plusDays(5) : until;
    }
    if (from.isBefore(today)) from = today;
    return until.isAfter(from)
        ? new Days.Day(from, until, false, 75, span.first(), span.last())
        : span;
  }

  /// "Next week", "this month", "the week after next", "December" behind "in".
  private Optional<Days.Day> whole(int i) {
    if (!UNITS.contains(text.at(i + 1))) return month(i);
    var nextMonday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    var nextMonth = today.with(TemporalAdjusters.firstDayOfNextMonth());
    var two = text.at(i) + " " + text.at(i + 1);
    return switch (two) {
      case "next week" -> span(nextMonday, nextMonday.plusDays(7), i, i + 1);
      case "this week" -> span(today, nextMonday, i, i + 1);
      case "week after" ->
          text.at(i + 2).equals("next")
              ? span(nextMonday.plusDays(7), nextMonday.plusDays(14), i, i + 2)
              : Optional.empty();
      case "next month" -> span(nextMonth, nextMonth.plusMonths(1), i, i + 1);
      case "this month" -> span(today, nextMonth, i, i + 1);
      case "this weekend", "the weekend" -> span(nextMonday.minusDays(2), nextMonday, i, i + 1);
      case "next weekend" -> span(nextMonday.plusDays(5), nextMonday.plusDays(7), i, i + 1);
      default -> month(i);
    };
  }

  /// "Week" and "month" as in "the end of the month".
  private Optional<Days.Day> unit(int i) {
    var nextMonday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    var month = today.withDayOfMonth(1);
    return switch (text.at(i)) {
      case "week" -> span(nextMonday.minusDays(7), nextMonday, i, i);
      case "month" -> span(month, month.plusMonths(1), i, i);
      default -> Optional.empty();
    };
  }

  /// A month's name, where "in", "during" or a part of it stands in front.
  private Optional<Days.Day> month(int i) {
    int month = Days.month(text.at(i));
    if (month == 0) return Optional.empty();
    var before = text.at(i - 1);
    boolean announced =
        Set.of("in", "during").contains(before)
            || (before.equals("of") && ENDS_OF.contains(text.at(i - 2)))
            || BEGINNINGS.contains(before)
            || MIDDLES.contains(before)
            || ENDS.contains(before);
    if (!announced) return Optional.empty();
    var start = LocalDate.of(today.getYear(), month, 1);
    if (month < today.getMonthValue()) start = start.plusYears(1);
    var from = start.isBefore(today) ? today : start;
    return span(from, start.plusMonths(1), i, i);
  }

  /// "In two weeks", "in 3 days", "in a month", "in a few days".
  private Optional<Days.Day> ahead(int i) {
    if (!text.at(i).equals("in")) return Optional.empty();
    boolean few = text.at(i + 1).equals("a") && text.at(i + 2).equals("few");
    if (few && text.at(i + 3).equals("days")) {
      return span(today.plusDays(3), today.plusDays(6), i, i + 3);
    }
    boolean one = text.at(i + 1).equals("a") || text.at(i + 1).equals("one");
    var figure = Figures.at(text, i + 1).filter(Figures.Figure::whole);
    int unit = figure.map(found -> found.last() + 1).orElse(one ? i + 2 : i + 1);
    if (figure.isEmpty() && !one) return Optional.empty();
    int many = figure.map(found -> found.number().intValue()).orElse(1);
    return switch (text.at(unit)) {
      case "day", "days" -> {
        var date = today.plusDays(Math.min(many, DAYS_MAX));
        yield span(date, date.plusDays(1), i, unit);
      }
      case "week", "weeks" -> {
        var date = today.plusDays(Math.min(many * 7L, DAYS_MAX));
        yield span(date, date.plusDays(7), i, unit);
      }
      case "fortnight" -> {
        var date = today.plusDays(14);
        yield span(date, date.plusDays(7), i, unit);
      }
      case "month", "months" -> {
        var date = today.plusMonths(Math.min(many, 12));
        yield span(date, date.plusDays(7), i, unit);
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Days.Day> span(LocalDate from, LocalDate until, int first, int last) {
    boolean single = until.equals(from.plusDays(1));
    return Optional.of(new Days.Day(from, until, false, single ? 85 : 75, first, last));
  }
}
