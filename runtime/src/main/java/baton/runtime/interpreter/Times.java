package baton.runtime.interpreter;

import baton.runtime.interpreter.TimeParts.Part;
import baton.runtime.interpreter.TimeParts.Relation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Times in plain English, read against a given now: "Tuesday at 3", "any time after lunch next
/// week", "Monday or Wednesday", "not before 3". ADR 14 has the grammar.
///
/// A time that a clock change skips is moved forward by the gap; of two that are the same, the
/// earlier is meant.
final class Times {
  /// What was found: a time, a window, a part of the day without a day, or one that was ruled out.
  ///
  /// @param at the beginning; absent where only a part of the day was named
  /// @param until the end of a window; absent for a point in time
  /// @param hourAlone whether an hour was named and no day
  record Found(
      Optional<Instant> at,
      Optional<Instant> until,
      Optional<String> part,
      boolean denied,
      boolean hourAlone,
      int confidence,
      int first,
      int last) {}

  private static final LocalTime OPENING = LocalTime.of(9, 0);
  private static final int WEEK = 7;
  private static final int LATER_ALTERNATIVE = 5;

  private static final Set<String> REFUSERS =
      Set.of("bad", "out", "full", "impossible", "taken", "difficult", "tricky", "not", "no");

  private static final Set<String> REFUSING_VERBS =
      Set.of("doesnt", "dont", "wont", "cant", "isnt");

  private final Utterance text;
  private final ZonedDateTime now;

  private Times(Utterance text, ZonedDateTime now) {
    this.text = text;
    this.now = now;
  }

  /// @param zones places of words that name a time zone
  /// @param counted places of numbers that count something
  static List<Found> in(
      Utterance text, Instant now, ZoneId zone, Set<Integer> zones, Set<Integer> counted) {
    var local = now.atZone(zone);
    var times = new Times(text, local);
    var found = new ArrayList<Found>();
    for (var row : new TimeParts(text, local, zones, counted).rows())
      found.addAll(times.resolve(row));
    return found;
  }

  private List<Found> resolve(List<Part> row) {
    var wishes = TimeWishes.of(row);
    boolean flipped = refusedBefore(row);
    var found = new ArrayList<Found>();
    int rank = 0;
    for (var wish : wishes) {
      if (flipped) flip(wish);
      boolean denied =
          wish.denied || (!flipped && Negation.before(text, wish.first) >= 0) || refused(wish);
      if (denied) found.add(denied(wish));
      else found.add(resolve(wish, LATER_ALTERNATIVE * rank++));
    }
    return found;
  }

  private static Found denied(TimeWishes.Wish wish) {
    return new Found(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        false,
        80,
        wish.first,
        wish.last);
  }

  /// "Don't call before noon" turns the relation round.
  private boolean refusedBefore(List<Part> row) {
    if (!(row.getFirst() instanceof Part.Link(var relation, var first, _))) return false;
    boolean turns =
        switch (relation) {
          case AFTER, BEFORE, BY -> true;
          case FROM, BETWEEN, TO, OR, AND, NOT, ONWARDS -> false;
        };
    return turns && Negation.within(text, first);
  }

  private static void flip(TimeWishes.Wish wish) {
    if (wish.hour != null) wish.hourRelation = flipped(wish.hourRelation);
    else wish.dayRelation = flipped(wish.dayRelation);
  }

  private static Relation flipped(Relation relation) {
    return relation == Relation.AFTER ? Relation.BY : Relation.FROM;
  }

  /// "Friday is bad", "Tuesday doesn't work".
  private boolean refused(TimeWishes.Wish wish) {
    int next = wish.last + 1;
    if (next >= text.size() || !text.sameClause(wish.last, next)) return false;
    var word = text.at(next);
    boolean contracted = text.at(wish.last).endsWith("days") && word.matches("out|bad|full|taken");
    if (REFUSING_VERBS.contains(word) || contracted) return true;
    boolean verb = word.equals("is") || word.equals("are");
    return verb && REFUSERS.contains(text.at(next + 1));
  }

  private Found resolve(TimeWishes.Wish wish, int less) {
    var part = Optional.ofNullable(wish.stretch).filter(_ -> wish.hour == null);
    var name = part.map(Part.Stretch::name);
    int sure = confidence(wish) - less;
    if (wish.moment != null) {
      return new Found(
          Optional.of(wish.moment),
          Optional.empty(),
          name,
          false,
          false,
          sure,
          wish.first,
          wish.last);
    }
    boolean dayless = wish.day == null && part.isPresent() && !wish.stretch.today();
    if (dayless) {
      return new Found(
          Optional.empty(), Optional.empty(), name, false, false, sure, wish.first, wish.last);
    }
    var window = wish.hour == null ? ofDay(wish) : ofHour(wish);
    return new Found(
        Optional.of(window.from),
        Optional.ofNullable(window.until),
        name,
        false,
        wish.day == null && wish.hour != null,
        sure,
        wish.first,
        wish.last);
  }

  private static int confidence(TimeWishes.Wish wish) {
    if (wish.moment != null) return 85;
    int known =
        wish.day == null
            ? 85
            : wish.hour == null ? Math.min(85, wish.day.confidence()) : wish.day.confidence();
    boolean guessed = wish.hour != null && !wish.hour.sure() && wish.stretch == null;
    return guessed ? known - 10 : known;
  }

  /// @param until null for a point in time
  private record Window(Instant from, Instant until) {}

  private Window ofDay(TimeWishes.Wish wish) {
    var today = now.toLocalDate();
    var from = wish.day == null ? today : wish.day.from();
    var until =
        wish.dayEnd != null
            ? wish.dayEnd.until()
            : wish.day == null ? today.plusDays(1) : wish.day.until();
    if (wish.dayRelation != null) {
      switch (wish.dayRelation) {
        case AFTER -> {
          from = until;
          until = from.plusDays(WEEK);
        }
        case FROM -> until = wish.dayEnd != null ? until : from.plusDays(WEEK);
        case BEFORE -> {
          until = from;
          from = today;
        }
        case BY -> from = today;
        case BETWEEN, TO, OR, AND, NOT, ONWARDS -> {}
      }
    }
    if (wish.stretch == null) return window(from, OPENING, until, LocalTime.MIDNIGHT);
    if (!until.equals(from.plusDays(1))) {
      return window(from, wish.stretch.from(), until, LocalTime.MIDNIGHT);
    }
    boolean midnight = wish.stretch.until().equals(LocalTime.MIDNIGHT);
    return window(from, wish.stretch.from(), midnight ? until : from, wish.stretch.until());
  }

  /// The window, from now on where it has begun.
  private Window window(LocalDate from, LocalTime begin, LocalDate until, LocalTime end) {
    var first = at(from, begin);
    boolean begun =
        from.equals(now.toLocalDate())
            && (first.isBefore(now.toInstant()) || begin.equals(OPENING));
    return new Window(begun ? now.toInstant() : first, at(until, end));
  }

  private Window ofHour(TimeWishes.Wish wish) {
    var time = within(wish.hour, wish.stretch);
    if (wish.hourEnd != null) {
      return between(wish, time, within(wish.hourEnd, wish.stretch));
    }
    if (wish.hourRelation == null || wish.hourRelation == Relation.TO) {
      return new Window(at(date(wish, time), time), null);
    }
    return switch (wish.hourRelation) {
      case AFTER, FROM -> {
        var date = date(wish, time);
        boolean part = wish.stretch != null && wish.stretch.until().isAfter(time);
        yield part
            ? new Window(at(date, time), at(date, wish.stretch.until()))
            : new Window(at(date, time), at(date.plusDays(1), LocalTime.MIDNIGHT));
      }
      case BEFORE, BY -> {
        var date = date(wish, time);
        yield window(date, OPENING.isBefore(time) ? OPENING : LocalTime.MIDNIGHT, date, time);
      }
      case BETWEEN, TO, OR, AND, NOT, ONWARDS -> new Window(at(date(wish, time), time), null);
    };
  }

  private Window between(TimeWishes.Wish wish, LocalTime from, LocalTime until) {
    var date = date(wish, until);
    boolean over = !until.isAfter(from);
    return new Window(at(date, from), at(over ? date.plusDays(1) : date, until));
  }

  /// The day that was named; without one, the next on which that time is still to come.
  private LocalDate date(TimeWishes.Wish wish, LocalTime time) {
    if (wish.day != null) return wish.day.from();
    var today = now.toLocalDate();
    return at(today, time).isAfter(now.toInstant()) ? today : today.plusDays(1);
  }

  private Instant at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(now.getZone()).toInstant();
  }

  private static LocalTime within(Clocks.Clock hour, Part.Stretch stretch) {
    if (hour.sure() || stretch == null) return hour.time();
    boolean late = stretch.from().getHour() >= 12;
    int hours = hour.time().getHour() % 12 + (late ? 12 : 0);
    return LocalTime.of(hours, hour.time().getMinute());
  }
}
