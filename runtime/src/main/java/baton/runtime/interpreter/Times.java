package baton.runtime.interpreter;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Days and hours in plain English, read against a given now: "Tuesday at 3", "the 5th", "tomorrow
/// after lunch".
final class Times {
  /// @param at the beginning of what was named
  record Found(Instant at, int confidence, int first, int last) {}

  /// A piece of a time.
  private sealed interface Part {
    int first();

    int last();

    record Day(LocalDate date, int confidence, int first, int last) implements Part {}

    /// @param sure whether morning or afternoon was said
    record Hour(LocalTime time, boolean sure, int first, int last) implements Part {}

    /// Morning, afternoon, evening.
    record Stretch(LocalTime from, int first, int last) implements Part {}

    /// "In two hours".
    record Moment(Instant at, int first, int last) implements Part {}
  }

  private static final Pattern CLOCK = Pattern.compile("\\d{1,2}([:.][0-5]\\d)?");
  private static final LocalTime OPENING = LocalTime.of(9, 0);
  private static final int GAP_MAX = 3;

  private static final Set<String> LINKS =
      Set.of(
          "at",
          "on",
          "in",
          "the",
          "around",
          "about",
          "by",
          "from",
          "for",
          "of",
          "after",
          "before",
          "t",
          "say",
          "like",
          "sometime",
          "roughly",
          "pacific",
          "eastern",
          "central",
          "mountain",
          "time",
          "et",
          "pt",
          "ct",
          "mt",
          "est",
          "pst",
          "cst",
          "mst",
          "utc",
          "gmt",
          "cet");

  private static final Map<String, LocalTime> STRETCHES =
      Map.of(
          "morning", OPENING,
          "mornings", OPENING,
          "afternoon", LocalTime.of(13, 0),
          "afternoons", LocalTime.of(13, 0),
          "evening", LocalTime.of(18, 0),
          "tonight", LocalTime.of(18, 0));

  private static final Set<String> AFTER_HOUR =
      Set.of(
          "on",
          "in",
          "please",
          "then",
          "would",
          "works",
          "is",
          "if",
          "and",
          "or",
          "my",
          "your",
          "today",
          "tonight",
          "for",
          "the",
          "sharp",
          "thanks",
          "pacific",
          "eastern",
          "central",
          "mountain",
          "et",
          "pt",
          "ct",
          "mt",
          "est",
          "pst",
          "utc",
          "gmt",
          "cet");

  private final Utterance text;
  private final ZonedDateTime now;

  private Times(Utterance text, ZonedDateTime now) {
    this.text = text;
    this.now = now;
  }

  static List<Found> in(Utterance text, Instant now, ZoneId zone) {
    return new Times(text, now.atZone(zone)).all();
  }

  private List<Found> all() {
    var found = new ArrayList<Found>();
    var group = new ArrayList<Part>();
    for (int i = 0; i < text.size(); i++) {
      var part = part(i);
      if (part.isEmpty()) continue;
      if (!group.isEmpty() && !joins(group, part.get())) {
        resolve(group).ifPresent(found::add);
        group.clear();
      }
      group.add(part.get());
      i = part.get().last();
    }
    if (!group.isEmpty()) resolve(group).ifPresent(found::add);
    return found;
  }

  private boolean joins(List<Part> group, Part next) {
    var last = group.getLast();
    if (group.stream().anyMatch(part -> clashes(part, next))) return false;
    if (next instanceof Part.Moment || last instanceof Part.Moment) return false;
    if (!text.sameSentence(last.last(), next.first())) return false;
    if (next.first() - last.last() - 1 > GAP_MAX) return false;
    for (int i = last.last() + 1; i < next.first(); i++) {
      if (!LINKS.contains(text.at(i))) return false;
    }
    return true;
  }

  /// "Wednesday the 25th" names one day twice.
  private static boolean clashes(Part one, Part other) {
    if (one instanceof Part.Day(var day, _, _, _) && other instanceof Part.Day(var same, _, _, _)) {
      return !day.equals(same);
    }
    return one.getClass() == other.getClass();
  }

  private Optional<Found> resolve(List<Part> group) {
    int first = group.getFirst().first();
    int last = group.getLast().last();
    if (Negation.before(text, first) >= 0) return Optional.empty();
    Part.Day day = null;
    Part.Hour hour = null;
    Part.Stretch stretch = null;
    for (var part : group) {
      switch (part) {
        case Part.Moment(var at, _, _) -> {
          return Optional.of(new Found(at, 85, first, last));
        }
        case Part.Day named -> day = named;
        case Part.Hour named -> hour = named;
        case Part.Stretch named -> stretch = named;
      }
    }
    var time = hour != null ? within(hour, stretch) : stretch != null ? stretch.from : OPENING;
    return Optional.of(
        new Found(at(day, time, group), confidence(day, hour, stretch), first, last));
  }

  private static int confidence(Part.Day day, Part.Hour hour, Part.Stretch stretch) {
    int known = day == null ? 85 : hour == null ? Math.min(85, day.confidence) : day.confidence;
    boolean guessed = hour != null && !hour.sure && stretch == null;
    return guessed ? known - 10 : known;
  }

  private static LocalTime within(Part.Hour hour, Part.Stretch stretch) {
    if (hour.sure || stretch == null) return hour.time;
    boolean late = stretch.from.getHour() >= 12;
    int hours = hour.time.getHour() % 12 + (late ? 12 : 0);
    return LocalTime.of(hours, hour.time.getMinute());
  }

  private Instant at(Part.Day day, LocalTime time, List<Part> group) {
    var today = now.toLocalDate();
    if (day == null) {
      var soon = today.atTime(time).atZone(now.getZone());
      return (soon.isAfter(now) ? soon : soon.plusDays(1)).toInstant();
    }
    if (day.date.equals(today) && group.size() == 1) return now.toInstant();
    return day.date.atTime(time).atZone(now.getZone()).toInstant();
  }

  private Optional<Part> part(int i) {
    return moment(i).or(() -> day(i)).or(() -> hour(i)).or(() -> stretch(i));
  }

  /// "In two hours".
  private Optional<Part> moment(int i) {
    if (!text.at(i).equals("in") || text.at(i + 1).equals("the")) return Optional.empty();
    return Figures.at(text, text.at(i + 1).equals("an") ? i + 2 : i + 1)
        .or(() -> one(i + 1))
        .filter(Figures.Figure::whole)
        .flatMap(figure -> {
          long many = figure.number().longValue();
          int last = figure.last() + 1;
          return switch (text.at(last)) {
            case "minute", "minutes", "mins", "min" ->
                Optional.of(moment(many, ChronoUnit.MINUTES, i, last));
            case "hour", "hours", "hrs" -> Optional.of(moment(many, ChronoUnit.HOURS, i, last));
            case "day", "days" -> Optional.of(later(many, i, last));
            case "week", "weeks" -> Optional.of(later(many * 7, i, last));
            default -> Optional.empty();
          };
        });
  }

  private Optional<Figures.Figure> one(int place) {
    boolean article = text.at(place).equals("a") || text.at(place).equals("an");
    return article
        ? Optional.of(new Figures.Figure(BigDecimal.ONE, place, place))
        : Optional.empty();
  }

  private Part moment(long many, ChronoUnit unit, int first, int last) {
    return new Part.Moment(now.plus(Math.min(many, 10_000), unit).toInstant(), first, last);
  }

  private Part later(long days, int first, int last) {
    return new Part.Day(now.toLocalDate().plusDays(Math.min(days, 366)), 85, first, last);
  }

  private Optional<Part> day(int i) {
    return new Days(text, now.toLocalDate(), now.getZone())
        .at(i)
        .map(day -> new Part.Day(day.date(), day.confidence(), day.first(), day.last()));
  }

  private Optional<Part> stretch(int i) {
    var word = text.at(i);
    var before = text.at(i - 1);
    if (STRETCHES.containsKey(word) && !Set.of("good", "lovely", "nice").contains(before)) {
      return Optional.of(new Part.Stretch(STRETCHES.get(word), i, i));
    }
    if (word.equals("after") && text.at(i + 1).equals("lunch")) {
      return Optional.of(new Part.Stretch(LocalTime.of(13, 0), i, i + 1));
    }
    if (word.equals("first") && text.at(i + 1).equals("thing")) {
      return Optional.of(new Part.Stretch(OPENING, i, i + 1));
    }
    return Optional.empty();
  }

  private Optional<Part> hour(int i) {
    var word = text.at(i);
    if (Set.of("noon", "midday", "lunchtime").contains(word)) {
      return Optional.of(new Part.Hour(LocalTime.NOON, true, i, i));
    }
    if (word.equals("half") || word.equals("quarter")) return fraction(i);
    var clock = clock(word);
    if (clock.isEmpty()) return Optional.empty();
    int next = i + 1;
    var suffix = text.at(next);
    var time = clock.get();
    if ((suffix.equals("am") || suffix.equals("pm")) && time.getHour() <= 12) {
      int hours = time.getHour() % 12 + (suffix.equals("pm") ? 12 : 0);
      return Optional.of(new Part.Hour(LocalTime.of(hours, time.getMinute()), true, i, next));
    }
    if (suffix.equals("oclock")) return Optional.of(guessed(time, i, next));
    if (suffix.equals("h") || suffix.equals("hrs")) {
      return Optional.of(new Part.Hour(time, true, i, next));
    }
    if (word.contains(":")) {
      boolean sure = time.getHour() == 0 || time.getHour() > 12 || word.length() == 5;
      return Optional.of(sure ? new Part.Hour(time, true, i, i) : guessed(time, i, i));
    }
    return bareHour(i, time);
  }

  /// "At 3" is a time, "at 3 seats" is not.
  private Optional<Part> bareHour(int i, LocalTime time) {
    boolean announced =
        Set.of("at", "around", "by", "before", "after", "from").contains(text.at(i - 1));
    int next = i + 1;
    boolean inStretch =
        text.at(next).equals("in")
            && text.at(next + 1).equals("the")
            && STRETCHES.containsKey(text.at(next + 2));
    if (inStretch) return Optional.of(guessed(time, i, i));
    if (!announced) return Optional.empty();
    boolean ends =
        next >= text.size()
            || !text.sameClause(i, next)
            || STRETCHES.containsKey(text.at(next))
            || AFTER_HOUR.contains(text.at(next))
            || new Days(text, now.toLocalDate(), now.getZone()).at(next).isPresent();
    return ends ? Optional.of(guessed(time, i, i)) : Optional.empty();
  }

  /// Between seven and noon it is the morning, else the afternoon.
  private static Part.Hour guessed(LocalTime time, int first, int last) {
    boolean afternoon = time.getHour() >= 1 && time.getHour() < 7;
    return new Part.Hour(afternoon ? time.plusHours(12) : time, time.getHour() > 12, first, last);
  }

  /// "Half three" and "half past three" are 3:30; "quarter to three" is 2:45.
  private Optional<Part> fraction(int i) {
    boolean half = text.at(i).equals("half");
    var word = text.at(i + 1);
    boolean linked = word.equals("past") || word.equals("to");
    if (!half && !linked) return Optional.empty();
    int place = linked ? i + 2 : i + 1;
    var hour = clock(text.at(place)).filter(time -> time.getMinute() == 0);
    if (hour.isEmpty() || hour.get().getHour() > 12) return Optional.empty();
    var base = guessed(hour.get(), i, place);
    int minutes = word.equals("to") ? -15 : half ? 30 : 15;
    var suffix = text.at(place + 1);
    if (!suffix.equals("am") && !suffix.equals("pm")) {
      return Optional.of(new Part.Hour(base.time.plusMinutes(minutes), false, i, place));
    }
    int hours = hour.get().getHour() % 12 + (suffix.equals("pm") ? 12 : 0);
    var exact = LocalTime.of(hours, 0).plusMinutes(minutes);
    return Optional.of(new Part.Hour(exact, true, i, place + 1));
  }

  private static Optional<LocalTime> clock(String word) {
    int named = Figures.hour(word);
    if (named > 0) return Optional.of(LocalTime.of(named, 0));
    if (!CLOCK.matcher(word).matches()) return Optional.empty();
    var pieces = word.split("[:.]");
    int hours = Integer.parseInt(pieces[0]);
    if (hours > 23) return Optional.empty();
    return Optional.of(LocalTime.of(hours, pieces.length == 1 ? 0 : Integer.parseInt(pieces[1])));
  }
}
