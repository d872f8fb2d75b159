package baton.runtime.interpreter;

import baton.runtime.interpreter.TimeParts.Part;
import baton.runtime.interpreter.TimeParts.Relation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
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
  record Found(
      Optional<Instant> at,
      Optional<Instant> until,
      Optional<String> part,
      boolean denied,
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
  static List<Found> in(Utterance text, Instant now, ZoneId zone, Set<Integer> zones) {
    var local = now.atZone(zone);
    var times = new Times(text, local);
    var found = new ArrayList<Found>();
    for (var row : new TimeParts(text, local, zones).rows()) found.addAll(times.resolve(row));
    return found;
  }

  /// One of the times that a row names.
  private static final class Wish {
    private Days.Day day;
    private Days.Day dayEnd;
    private Relation dayRelation;
    private Clocks.Clock hour;
    private Clocks.Clock hourEnd;
    private Relation hourRelation;
    private Part.Stretch stretch;
    private Instant moment;
    private boolean denied;
    private int first = Integer.MAX_VALUE;
    private int last = -1;

    private boolean empty() {
      return day == null && timeless() && moment == null;
    }

    private boolean timeless() {
      return hour == null && stretch == null;
    }

    private void cover(Part part) {
      first = Math.min(first, part.first());
      last = Math.max(last, part.last());
    }

    private void takeDay(Wish other) {
      day = other.day;
      dayEnd = other.dayEnd;
      dayRelation = other.dayRelation;
    }

    private void takeTime(Wish other) {
      hour = other.hour;
      hourEnd = other.hourEnd;
      hourRelation = other.hourRelation;
      stretch = other.stretch;
    }
  }

  private List<Found> resolve(List<Part> row) {
    var wishes = shared(new Row(row).wishes());
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

  private static Found denied(Wish wish) {
    return new Found(
        Optional.empty(), Optional.empty(), Optional.empty(), true, 80, wish.first, wish.last);
  }

  /// From the parts of a row to the times it names.
  private static final class Row {
    private final List<Part> row;
    private final List<Wish> wishes = new ArrayList<>();
    private Wish wish = new Wish();
    private Relation pending;
    private boolean between;
    private Part last;

    Row(List<Part> row) {
      this.row = row;
    }

    List<Wish> wishes() {
      for (var part : row) {
        switch (part) {
          case Part.Link(var relation, _, _) -> link(relation, part);
          case Part.Day(var day) -> day(day, part);
          case Part.Hour(var clock) -> hour(clock, part);
          case Part.Stretch stretch -> stretch(stretch);
          case Part.Moment(var at, _, _) -> {
            if (!wish.empty()) next();
            wish.moment = at;
            wish.cover(part);
          }
        }
        if (!(part instanceof Part.Link)) last = part;
      }
      next();
      return wishes;
    }

    private void next() {
      if (!wish.empty()) wishes.add(wish);
      wish = new Wish();
      pending = null;
      between = false;
    }

    private void link(Relation relation, Part part) {
      switch (relation) {
        case OR -> next();
        case NOT -> {
          next();
          wish.denied = true;
        }
        case AND -> {
          if (between) pending = Relation.TO;
          else next();
        }
        case BETWEEN -> between = true;
        case ONWARDS -> {
          if (wish.hour != null) wish.hourRelation = Relation.FROM;
          else wish.dayRelation = Relation.FROM;
          wish.cover(part);
        }
        case BEFORE, BY -> {
          boolean end = wish.hourRelation == Relation.FROM || wish.dayRelation == Relation.FROM;
          pending = end ? Relation.TO : relation;
        }
        case AFTER, FROM, TO -> pending = relation;
      }
    }

    private void day(Days.Day day, Part part) {
      boolean ends = pending == Relation.TO && last instanceof Part.Day && wish.day != null;
      if (ends && wish.dayEnd == null) {
        wish.dayEnd = day;
      } else if (wish.day == null) {
        wish.day = day;
        wish.dayRelation = pending;
      } else if (!merged(day)) {
        var before = pending;
        next();
        wish.day = day;
        wish.dayRelation = before;
      }
      pending = null;
      wish.cover(part);
    }

    /// "Wednesday the 25th" names one day twice, "Thursday next week" a day of the week.
    private boolean merged(Days.Day other) {
      var one = wish.day;
      if (one.from().equals(other.from()) && one.until().equals(other.until())) return true;
      var span = one.single() ? other : one;
      var day = one.single() ? one : other;
      boolean week = span.from().plusDays(WEEK).equals(span.until());
      if (!week || !day.weekday()) return false;
      var date = span.from().with(TemporalAdjusters.nextOrSame(day.from().getDayOfWeek()));
      wish.day = new Days.Day(date, date.plusDays(1), true, 90, day.first(), day.last());
      return true;
    }

    private void hour(Clocks.Clock clock, Part part) {
      boolean ends = pending == Relation.TO && wish.hour != null;
      if (ends && wish.hourEnd == null) {
        wish.hourEnd = clock.beside(wish.hour);
        wish.hour = wish.hour.beside(wish.hourEnd);
      } else {
        var relation = pending;
        if (wish.hour != null) next();
        wish.hour = clock;
        wish.hourRelation = relation;
      }
      pending = null;
      wish.cover(part);
    }

    private void stretch(Part.Stretch stretch) {
      boolean same = wish.stretch != null && wish.stretch.name().equals(stretch.name());
      if (wish.stretch != null && !same) next();
      if (!same) wish.stretch = stretch;
      pending = null;
      wish.cover(stretch);
    }
  }

  /// "Tuesday at 3 or 4" names the day once, "Monday or Wednesday at 3" the hour.
  private static List<Wish> shared(List<Wish> wishes) {
    for (int i = 1; i < wishes.size(); i++) {
      var wish = wishes.get(i);
      if (wish.day == null && wish.moment == null) wish.takeDay(wishes.get(i - 1));
    }
    for (int i = wishes.size() - 2; i >= 0; i--) {
      var wish = wishes.get(i);
      var later = wishes.get(i + 1);
      if (wish.day == null && wish.moment == null) wish.takeDay(later);
      if (wish.timeless() && wish.moment == null && !wish.denied && !later.denied) {
        if (wish.dayEnd == null && wish.dayRelation == null) wish.takeTime(later);
      }
    }
    return wishes;
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

  private static void flip(Wish wish) {
    if (wish.hour != null) wish.hourRelation = flipped(wish.hourRelation);
    else wish.dayRelation = flipped(wish.dayRelation);
  }

  private static Relation flipped(Relation relation) {
    return relation == Relation.AFTER ? Relation.BY : Relation.FROM;
  }

  /// "Friday is bad", "Tuesday doesn't work".
  private boolean refused(Wish wish) {
    int next = wish.last + 1;
    if (next >= text.size() || !text.sameClause(wish.last, next)) return false;
    var word = text.at(next);
    if (REFUSING_VERBS.contains(word)) return true;
    boolean verb = word.equals("is") || word.equals("are");
    return verb && REFUSERS.contains(text.at(next + 1));
  }

  private Found resolve(Wish wish, int less) {
    var part = Optional.ofNullable(wish.stretch).filter(_ -> wish.hour == null);
    var name = part.map(Part.Stretch::name);
    int sure = confidence(wish) - less;
    if (wish.moment != null) {
      return new Found(
          Optional.of(wish.moment), Optional.empty(), name, false, sure, wish.first, wish.last);
    }
    boolean dayless = wish.day == null && part.isPresent() && !wish.stretch.today();
    if (dayless) {
      return new Found(
          Optional.empty(), Optional.empty(), name, false, sure, wish.first, wish.last);
    }
    var window = wish.hour == null ? ofDay(wish) : ofHour(wish);
    return new Found(
        Optional.of(window.from),
        Optional.ofNullable(window.until),
        name,
        false,
        sure,
        wish.first,
        wish.last);
  }

  private static int confidence(Wish wish) {
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

  private Window ofDay(Wish wish) {
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

  private Window ofHour(Wish wish) {
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

  private Window between(Wish wish, LocalTime from, LocalTime until) {
    var date = date(wish, until);
    boolean over = !until.isAfter(from);
    return new Window(at(date, from), at(over ? date.plusDays(1) : date, until));
  }

  /// The day that was named; without one, the next on which that time is still to come.
  private LocalDate date(Wish wish, LocalTime time) {
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
