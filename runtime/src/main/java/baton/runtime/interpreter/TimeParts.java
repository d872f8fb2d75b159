package baton.runtime.interpreter;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds rows of words that tell of one time or several: days, times of day, parts of the day, and
/// the small words between them.
final class TimeParts {
  /// A piece of a time.
  sealed interface Part {
    int first();

    int last();

    record Day(Days.Day day) implements Part {
      @Override
      public int first() {
        return day.first();
      }

      @Override
      public int last() {
        return day.last();
      }
    }

    record Hour(Clocks.Clock clock) implements Part {
      @Override
      public int first() {
        return clock.first();
      }

      @Override
      public int last() {
        return clock.last();
      }
    }

    /// @param name morning, afternoon or evening
    /// @param until midnight is the end of the day
    /// @param today whether it is today's: "tonight", "this afternoon"
    record Stretch(String name, LocalTime from, LocalTime until, boolean today, int first, int last)
        implements Part {}

    /// "In two hours".
    record Moment(Instant at, int first, int last) implements Part {}

    record Link(Relation relation, int first, int last) implements Part {}
  }

  enum Relation {
    AFTER,
    FROM,
    BEFORE,
    BY,
    BETWEEN,
    TO,
    OR,
    AND,
    NOT,
    ONWARDS
  }

  private static final Set<String> FILLERS =
      Letters.words(
          "at on in the around about for of t say like sometime roughly approximately time any"
              + " anytime please pls maybe either my local preferably ideally perhaps during");

  private static final Map<String, Relation> RELATIONS =
      Map.ofEntries(
          Map.entry("after", Relation.AFTER),
          Map.entry("from", Relation.FROM),
          Map.entry("starting", Relation.FROM),
          Map.entry("before", Relation.BEFORE),
          Map.entry("by", Relation.BY),
          Map.entry("until", Relation.BEFORE),
          Map.entry("till", Relation.BEFORE),
          Map.entry("til", Relation.BEFORE),
          Map.entry("between", Relation.BETWEEN),
          Map.entry("to", Relation.TO),
          Map.entry("through", Relation.TO),
          Map.entry("thru", Relation.TO),
          Map.entry("or", Relation.OR),
          Map.entry("and", Relation.AND),
          Map.entry("except", Relation.NOT),
          Map.entry("bar", Relation.NOT),
          Map.entry("n", Relation.AND),
          Map.entry("not", Relation.NOT),
          Map.entry("onwards", Relation.ONWARDS),
          Map.entry("onward", Relation.ONWARDS));

  private static final Map<String, Relation> LONG_RELATIONS =
      Map.ofEntries(
          Map.entry("not before", Relation.FROM),
          Map.entry("no earlier than", Relation.FROM),
          Map.entry("not earlier than", Relation.FROM),
          Map.entry("not after", Relation.BY),
          Map.entry("no later than", Relation.BY),
          Map.entry("not later than", Relation.BY),
          Map.entry("up to", Relation.BY),
          Map.entry("or later", Relation.ONWARDS),
          Map.entry("or after", Relation.ONWARDS),
          Map.entry("but not", Relation.NOT),
          Map.entry("day but", Relation.NOT),
          Map.entry("anything but", Relation.NOT));

  private static final Set<String> LONG_RELATIONS_BEGIN =
      Set.of("not", "no", "up", "or", "but", "day", "anything");

  /// Most words begin no part of a time, and are not looked at any closer.
  private static final Set<String> FIRST_WORDS =
      Letters.all(
          Spans.FIRST_WORDS,
          Figures.FIRST_WORDS,
          RELATIONS.keySet(),
          LONG_RELATIONS_BEGIN,
          Letters.words(
              "asap as in on morning mornings afternoon afternoons arvo evening evenings night"
                  + " tonight eod cob first early late"));

  private static final Set<String> ANNOUNCING =
      Set.of("at", "around", "by", "before", "after", "from", "between", "until", "till", "til");

  /// A number behind one of these counts something.
  private static final Set<String> COUNTING =
      Set.of("of", "are", "were", "have", "need", "want", "plus", "least", "most", "#", "sell");

  private static final Set<String> AFTER_HOUR =
      Letters.words(
          "on in please pls then would works work is if and or my your today tonight for the"
              + " sharp thanks thx if it i we can could so but too also not no latest earliest"
              + " onwards suits sounds possible ok okay good fine great available free"
              + " tomorrow because cause would instead rather");

  /// "Stop by on Thursday".
  private static final Set<String> VISITS =
      Set.of("stop", "drop", "come", "swing", "pass", "stopping");

  private static final LocalTime OPENING = LocalTime.of(9, 0);
  private static final LocalTime LUNCH_OVER = LocalTime.of(13, 0);
  private static final LocalTime EVENING = LocalTime.of(17, 0);
  private static final int MOMENT_MAX = 10_000;

  private final Utterance text;
  private final ZonedDateTime now;
  private final Set<Integer> zones;
  private final Set<Integer> counted;
  private final Days days;
  private final Spans spans;
  private final Clocks clocks;

  /// @param zones places of words that name a time zone
  /// @param counted places of numbers that count something
  TimeParts(Utterance text, ZonedDateTime now, Set<Integer> zones, Set<Integer> counted) {
    this.text = text;
    this.now = now;
    this.zones = zones;
    this.counted = counted;
    this.days = new Days(text, now.toLocalDate(), now.getZone());
    this.spans = new Spans(text, now.toLocalDate());
    this.clocks = new Clocks(text);
  }

  /// The rows, in order; none is empty.
  List<List<Part>> rows() {
    var rows = new ArrayList<List<Part>>();
    var row = new ArrayList<Part>();
    for (int i = 0; i < text.size(); i++) {
      var part = part(i);
      boolean goesOn = !row.isEmpty() && text.sameSentence(row.getLast().last(), i);
      if (!goesOn || (part.isEmpty() && !filler(i))) end(row, rows);
      if (part.isEmpty()) continue;
      row.add(part.get());
      i = part.get().last();
      if (text.dashed(i)) row.add(new Part.Link(Relation.TO, i, i));
    }
    end(row, rows);
    return rows;
  }

  private boolean filler(int i) {
    return FILLERS.contains(text.at(i)) || zones.contains(i);
  }

  private void end(List<Part> row, List<List<Part>> rows) {
    if (row.isEmpty()) return;
    var kept = announced(row);
    while (!kept.isEmpty() && kept.getLast() instanceof Part.Link(var last, _, _)) {
      if (last == Relation.ONWARDS) break;
      kept.removeLast();
    }
    if (kept.stream().anyMatch(part -> !(part instanceof Part.Link))) rows.add(kept);
    row.clear();
  }

  /// Without the numbers that nothing makes a time.
  private List<Part> announced(List<Part> row) {
    var accepted = new boolean[row.size()];
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < row.size(); i++) accepted[i] = accepted[i] || accepted(row, accepted, i);
      for (int i = row.size() - 1; i >= 0; i--) {
        accepted[i] = accepted[i] || accepted(row, accepted, i);
      }
    }
    for (int i = row.size() - 3; i >= 0; i--) {
      boolean range = row.get(i + 1) instanceof Part.Link && bare(row.get(i));
      if (range && bare(row.get(i + 2)) && !accepted[i + 2]) accepted[i] = false;
    }
    var kept = new ArrayList<Part>();
    for (int i = 0; i < row.size(); i++) {
      if (accepted[i]) kept.add(row.get(i) instanceof Part.Hour(var c) ? hour(c) : row.get(i));
    }
    return kept;
  }

  private static Part hour(Clocks.Clock clock) {
    return new Part.Hour(clock.certain());
  }

  private static boolean bare(Part part) {
    return part instanceof Part.Hour(var clock) && clock.bare();
  }

  private boolean accepted(List<Part> row, boolean[] accepted, int i) {
    if (!(row.get(i) instanceof Part.Hour(var clock)) || !clock.bare()) return true;
    if (!ends(clock.last())) return false;
    var before = text.at(clock.first() - 1);
    if (before.equals("yesterday") || text.at(clock.first() - 2).equals("yesterday")) return false;
    if (ANNOUNCING.contains(before)) return true;
    if (COUNTING.contains(before)) return false;
    if (works(clock)) return true;
    if (text.at(clock.first()).equals("one")) return false;
    return told(row, accepted, i, -1) || told(row, accepted, i, 1);
  }

  /// Whether the neighbour is a day or a part of it, or an hour across a link.
  private static boolean told(List<Part> row, boolean[] accepted, int i, int step) {
    int next = i + step;
    if (next < 0 || next >= row.size()) return false;
    return switch (row.get(next)) {
      case Part.Day _, Part.Stretch _ -> true;
      case Part.Link _ -> {
        int other = next + step;
        yield other >= 0
            && other < row.size()
            && row.get(other) instanceof Part.Hour
            && accepted[other];
      }
      case Part.Hour _, Part.Moment _ -> false;
    };
  }

  /// "10 works", "4 is fine".
  private boolean works(Clocks.Clock clock) {
    int next = clock.last() + 1;
    if (clock.time().getHour() < 16 && clock.time().getHour() > 12) return false;
    if (text.at(next).equals("works") || text.at(next).equals("suits")) return true;
    boolean is = text.at(next).equals("is") || text.at(next).equals("sounds");
    return is
        && Set.of("fine", "good", "ok", "okay", "great", "perfect").contains(text.at(next + 1));
  }

  /// "At 3" is a time, "at 3 seats" is not.
  private boolean ends(int place) {
    int next = place + 1;
    if (next >= text.size() || !text.sameClause(place, next)) return true;
    if (text.dashed(place)) return true;
    if (part(next).isPresent()) {
      boolean link = RELATIONS.containsKey(text.at(next));
      boolean number = Figures.at(text, next + 1).isPresent();
      return !link || !number || part(next + 1).isPresent();
    }
    return AFTER_HOUR.contains(text.at(next)) || zones.contains(next);
  }

  private Optional<Part> part(int i) {
    if (!mayBegin(text.at(i)) || counted.contains(i)) return Optional.empty();
    return moment(i)
        .or(() -> stretch(i))
        .or(() -> relation(i))
        .or(() -> spans.at(i).or(() -> days.at(i)).map(Part.Day::new))
        .or(() -> clocks.at(i).map(Part.Hour::new));
  }

  private static boolean mayBegin(String word) {
    return Character.isDigit(word.charAt(0))
        || FIRST_WORDS.contains(word)
        || Clocks.mayBegin(word)
        || Days.mayBegin(word);
  }

  private Optional<Part> relation(int i) {
    if (text.at(i).equals("by") && VISITS.contains(text.at(i - 1))) return Optional.empty();
    int longest = LONG_RELATIONS_BEGIN.contains(text.at(i)) ? 3 : 1;
    for (int length = longest; length >= 2; length--) {
      var words = new StringBuilder(text.at(i));
      for (int k = 1; k < length; k++) words.append(' ').append(text.at(i + k));
      var relation = LONG_RELATIONS.get(words.toString());
      if (relation != null) return Optional.of(new Part.Link(relation, i, i + length - 1));
    }
    boolean on = text.at(i).equals("on") && onwards(i);
    var relation = on ? Relation.ONWARDS : RELATIONS.get(text.at(i));
    return Optional.ofNullable(relation).map(link -> new Part.Link(link, i, i));
  }

  /// "From Wednesday on".
  private boolean onwards(int i) {
    return i + 1 >= text.size() || !text.sameClause(i, i + 1);
  }

  /// "In two hours", "an hour from now", "as soon as possible".
  private Optional<Part> moment(int i) {
    var word = text.at(i);
    if (word.equals("asap")) return Optional.of(new Part.Moment(now.toInstant(), i, i));
    if (word.equals("as") && text.at(i + 1).equals("soon") && text.at(i + 2).equals("as")) {
      return Optional.of(new Part.Moment(now.toInstant(), i, i + 3));
    }
    boolean in = word.equals("in");
    int place = in ? i + 1 : i;
    if (text.at(place).equals("half") && text.at(place + 1).equals("an")) {
      return in ? moment(30, ChronoUnit.MINUTES, i, place + 2) : Optional.empty();
    }
    boolean article = text.at(place).equals("a") || text.at(place).equals("an");
    var figure = Figures.at(text, place).filter(Figures.Figure::whole);
    if (figure.isEmpty() && !article) return Optional.empty();
    int unit = figure.map(found -> found.last() + 1).orElse(place + 1);
    boolean fromNow = text.at(unit + 1).equals("from") && text.at(unit + 2).equals("now");
    if (!in && !fromNow) return Optional.empty();
    long many = figure.map(found -> found.number().longValue()).orElse(1L);
    int last = fromNow ? unit + 2 : hourOrTwo(unit);
    return switch (text.at(unit)) {
      case "minute", "minutes", "mins", "min" -> moment(many, ChronoUnit.MINUTES, i, last);
      case "hour", "hours", "hrs", "hr" -> moment(many, ChronoUnit.HOURS, i, last);
      default -> Optional.empty();
    };
  }

  private int hourOrTwo(int unit) {
    return text.at(unit + 1).equals("or") && text.at(unit + 2).equals("two") ? unit + 2 : unit;
  }

  private Optional<Part> moment(long many, ChronoUnit unit, int first, int last) {
    return Optional.of(
        new Part.Moment(now.plus(Math.min(many, MOMENT_MAX), unit).toInstant(), first, last));
  }

  private Optional<Part> stretch(int i) {
    var word = text.at(i);
    var before = text.at(i - 1);
    var next = text.at(i + 1);
    boolean today = before.equals("this") || before.equals("later");
    return switch (word) {
      case "morning", "mornings" ->
          Set.of("good", "lovely", "nice").contains(before) || next.equals("person")
              ? Optional.empty()
              : part("morning", OPENING, LocalTime.NOON, today, i, i);
      case "afternoon", "afternoons", "arvo" ->
          before.equals("good")
              ? Optional.empty()
              : part("afternoon", LUNCH_OVER, EVENING, today, i, i);
      case "evening", "evenings", "night" ->
          before.equals("good")
              ? Optional.empty()
              : part("evening", EVENING, LocalTime.MIDNIGHT, today, i, i);
      case "tonight" -> part("evening", EVENING, LocalTime.MIDNIGHT, true, i, i);
      case "eod", "cob" -> part("afternoon", LocalTime.of(15, 0), EVENING, false, i, i);
      case "after" ->
          switch (next) {
            case "lunch", "lunchtime" -> part("afternoon", LUNCH_OVER, EVENING, false, i, i + 1);
            case "work", "hours" -> part("evening", EVENING, LocalTime.MIDNIGHT, false, i, i + 1);
            default -> Optional.empty();
          };
      case "before" ->
          next.equals("lunch") || next.equals("lunchtime")
              ? part("morning", OPENING, LocalTime.NOON, false, i, i + 1)
              : Optional.empty();
      case "first" ->
          next.equals("thing")
              ? part("morning", OPENING, LocalTime.NOON, false, i, i + 1)
              : Optional.empty();
      case "early", "late" -> partOfPart(word, next, i);
      default -> Optional.empty();
    };
  }

  /// "Late afternoon".
  private static Optional<Part> partOfPart(String word, String next, int i) {
    boolean early = word.equals("early");
    return switch (next) {
      case "morning" ->
          part("morning", early ? OPENING : LocalTime.of(10, 30), LocalTime.NOON, false, i, i + 1);
      case "afternoon" ->
          early
              ? part("afternoon", LUNCH_OVER, LocalTime.of(15, 0), false, i, i + 1)
              : part("afternoon", LocalTime.of(15, 0), EVENING, false, i, i + 1);
      case "evening" -> part("evening", EVENING, LocalTime.of(19, 0), false, i, i + 1);
      default -> Optional.empty();
    };
  }

  private static Optional<Part> part(
      String name, LocalTime from, LocalTime until, boolean today, int first, int last) {
    return Optional.of(new Part.Stretch(name, from, until, today, first, last));
  }
}
