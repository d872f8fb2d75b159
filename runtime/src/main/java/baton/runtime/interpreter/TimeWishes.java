package baton.runtime.interpreter;

import baton.runtime.interpreter.TimeParts.Part;
import baton.runtime.interpreter.TimeParts.Relation;
import java.time.Instant;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/// What a row of parts asks for: one time, or several to choose from.
final class TimeWishes {
  private static final int WEEK = 7;

  private TimeWishes() {}

  static List<Wish> of(List<Part> row) {
    return shared(new Row(row).wishes());
  }

  /// One of the times that a row names.
  static final class Wish {
    Days.Day day;
    Days.Day dayEnd;
    Relation dayRelation;
    Clocks.Clock hour;
    Clocks.Clock hourEnd;
    Relation hourRelation;
    Part.Stretch stretch;
    Instant moment;
    boolean denied;
    int first = Integer.MAX_VALUE;
    int last = -1;

    boolean empty() {
      return day == null && timeless() && moment == null;
    }

    boolean timeless() {
      return hour == null && stretch == null;
    }

    void cover(Part part) {
      first = Math.min(first, part.first());
      last = Math.max(last, part.last());
    }

    void takeDay(Wish other) {
      day = other.day;
      dayEnd = other.dayEnd;
      dayRelation = other.dayRelation;
    }

    void takeTime(Wish other) {
      hour = other.hour;
      hourEnd = other.hourEnd;
      hourRelation = other.hourRelation;
      stretch = other.stretch;
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
      if (wish.day == null && wish.moment == null && !later.denied) wish.takeDay(later);
      if (wish.timeless() && wish.moment == null && !wish.denied && !later.denied) {
        if (wish.dayEnd == null && wish.dayRelation == null) wish.takeTime(later);
      }
    }
    return wishes;
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
      boolean same = one.weekday() && other.single();
      if (same && one.from().getDayOfWeek() == other.from().getDayOfWeek()) {
        wish.day = other;
        return true;
      }
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
}
