package baton.agents;

import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes an action of a rule's line. What is not known is never guessed: then there is no action.
final class Drafting {
  /// What a line becomes.
  sealed interface Piece {}

  /// A sentence that is still to be sealed, so that the next can be put behind it.
  record Said(String text, String asks) implements Piece {
    Said and(Said next) {
      return new Said(text + " " + next.text, next.asks.isEmpty() ? asks : next.asks);
    }
  }

  record Done(Action action) implements Piece {}

  /// Which free times are looked for.
  enum Window {
    /// Those that the buyer named.
    ASKED,
    /// After the last that was offered or asked for, on any day and at any time of it.
    LATER,
    /// Before the first that was offered.
    EARLIER
  }

  private static final Duration SLOTS_WITHIN = Duration.ofDays(7);

  /// Around an hour that was named, so that it is among what is found wherever it is free.
  private static final Duration AN_HOUR_NAMED = Duration.ofMinutes(90);

  private static final Duration LATER_WITHIN = Duration.ofDays(14);

  /// What a rule may say instead of a figure: what would bring the price within the budget.
  private static final String TO_BUDGET = "budget";

  /// What a rule may say instead of a topic: whatever the buyer was answering stays asked.
  private static final String SAME = "same";

  private static final Pattern FACT_ALONE = Pattern.compile("\\{([a-z][a-z0-9.-]*)}");

  private final Situation situation;
  private final Slots slots;
  private final Wording wording;
  private final Desk desk;

  Drafting(Situation situation, Desk desk) {
    this.situation = situation;
    this.desk = desk;
    this.slots = new Slots(situation);
    this.wording = new Wording(situation, slots, desk);
  }

  /// @param line `action` is the kind, the rest its arguments
  Optional<Piece> draft(Map<String, String> line) {
    boolean own = line.getOrDefault("action", "").equals("speak") && !line.containsKey("line");
    return own
        ? wording
            .fill(line.getOrDefault("say", ""))
            .filter(text -> !text.isBlank())
            .map(text -> new Said(text, asks(line)))
        : acted(line).map(Done::new);
  }

  Action action(Piece piece) {
    return switch (piece) {
      case Said(var text, var asks) -> new Action.Speak(desk.words(text), asks);
      case Done(var action) -> action;
    };
  }

  private String asks(Map<String, String> line) {
    var asks = line.getOrDefault("asks", "");
    return asks.equals(SAME) ? situation.heard().map(Prompt.Heard::answering).orElse("") : asks;
  }

  private Optional<Action> acted(Map<String, String> line) {
    var kind = line.getOrDefault("action", "");
    return switch (kind) {
      case "speak" -> words(line).map(w -> new Action.Speak(w, asks(line)));
      case "disclose" -> text(line, "disclosure").map(Drafting::disclose);
      case "ask-consent" ->
          both(text(line, "purpose"), words(line)).map(p -> new Action.AskConsent(p.one, p.other));
      case "raise-urgency" -> words(line).map(Action.RaiseUrgency::new);
      case "initiate-contact" -> Optional.of(new Action.InitiateContact(channel(line)));
      case "find-slots" -> findSlots(window(line));
      case "book" -> slots.picked().map(slot -> new Action.Book(slot.name(), slot.start(), zone()));
      case "reschedule" ->
          both(fact("booking"), slots.picked())
              .map(p -> new Action.Reschedule(p.one, p.other.name(), p.other.start(), zone()));
      case "cancel" -> fact("booking").map(Action.Cancel::new);
      case "quote" ->
          both(fact("product"), whole(Signal.SEATS)).map(p -> new Action.Quote(p.one, p.other));
      case "concede" ->
          both(fact("quote"), percent(line)).map(p -> new Action.Concede(p.one, p.other));
      case "request-commitment" ->
          both(fact("quote"), words(line)).map(p -> new Action.RequestCommitment(p.one, p.other));
      case "take-commitment" -> both(fact("quote"), value("quote.total")).flatMap(this::commitment);
      case "write-crm" -> writeCrm(line);
      case "send-message" -> words(line).map(w -> new Action.SendMessage(channel(line), w));
      case "record" -> Optional.of(new Action.Record(channel(line)));
      case "interpret-consent" -> interpretConsent(line);
      case "request-hand-off" ->
          text(line, "to").map(to -> new Action.RequestHandOff(new Role(to), reason(line)));
      case "transfer-to-human" -> Optional.of(new Action.TransferToHuman(reason(line)));
      case "schedule-follow-up" -> Optional.of(followUp(line));
      case "escalate" -> Optional.of(new Action.Escalate(reason(line)));
      case "close" -> Optional.of(new Action.Close(reason(line)));
      default -> kind.startsWith("tool:") ? useTool(kind, line) : Optional.empty();
    };
  }

  static Action disclose(String disclosure) {
    return new Action.Disclose(disclosure, new Words.Line("disclosure-" + disclosure));
  }

  /// @throws IllegalArgumentException where it is none
  static Window window(Map<String, String> line) {
    return Window.valueOf(line.getOrDefault("window", "asked").toUpperCase(Locale.ROOT));
  }

  private Optional<Action> findSlots(Window window) {
    var now = situation.briefing().at();
    return switch (window) {
      case ASKED -> {
        var asked = time(Signal.TIME).map(this::onTheDay).filter(at -> at.isAfter(now));
        var from = asked.orElse(now);
        var until = until().filter(from::isBefore);
        var part = fact(Signal.DAY_PART).filter(_ -> belongs(Signal.DAY_PART));
        var within = asked.isPresent() ? AN_HOUR_NAMED : SLOTS_WITHIN;
        yield Optional.of(found(from, until.orElse(from.plus(within)), part));
      }
      case LATER -> {
        var last = slots.offered().stream().map(Slots.Slot::start).max(Instant::compareTo);
        var from = last.map(at -> at.plusSeconds(1)).or(this::until).or(() -> time(Signal.TIME));
        var start = from.filter(at -> at.isAfter(now)).orElse(now);
        yield Optional.of(found(start, start.plus(LATER_WITHIN), Optional.empty()));
      }
      case EARLIER ->
          slots.offered().stream()
              .map(Slots.Slot::start)
              .min(Instant::compareTo)
              .filter(first -> first.isAfter(now))
              .map(first -> found(now, first, Optional.empty()));
    };
  }

  /// An hour alone is meant on the day that is being talked about. It was read as the next time
  /// that the clock shows it.
  private Instant onTheDay(Instant at) {
    var zone = situation.zone();
    var now = situation.briefing().at();
    boolean next = at.isAfter(now) && at.isBefore(now.plus(Duration.ofDays(1)));
    if (!next || !situation.hourAlone()) return at;
    boolean offered = situation.fact("slots").isPresent();
    var day =
        offered
            ? slots.day().filter(_ -> situation.newer(Signal.TIME, "slots"))
            : situation.notes().day().map(named -> named.atZone(zone).toLocalDate());
    return day.map(date -> date.atTime(at.atZone(zone).toLocalTime()).atZone(zone).toInstant())
        .filter(named -> named.isAfter(now))
        .orElse(at);
  }

  private Action found(Instant from, Instant until, Optional<String> part) {
    return new Action.FindSlots(from, until, zone(), part);
  }

  private Optional<Instant> until() {
    return belongs(Signal.TIME_UNTIL) ? time(Signal.TIME_UNTIL) : Optional.empty();
  }

  /// Whether it was said together with the time, or after it.
  private boolean belongs(String name) {
    var time = situation.fact(Signal.TIME);
    var other = situation.fact(name);
    if (other.isEmpty()) return false;
    return time.isEmpty()
        || (name.equals(Signal.TIME_UNTIL)
            ? other.get().evidence() == time.get().evidence()
            : other.get().evidence() >= time.get().evidence());
  }

  private Optional<Instant> time(String name) {
    return value(name)
        .filter(value -> value instanceof Value.Time)
        .map(value -> ((Value.Time) value).at());
  }

  private Optional<Action> commitment(Pair<String, Value> quoted) {
    return quoted.other instanceof Value.Amount(var total)
        ? Optional.of(new Action.TakeCommitment(quoted.one, total))
        : Optional.empty();
  }

  /// What the rule says, else what the buyer asked for; never more than the rule's `up-to`.
  private Optional<Integer> percent(Map<String, String> line) {
    var said = line.get("percent");
    var percent =
        said == null
            ? whole(Signal.ASK_DISCOUNT).map(Long::intValue)
            : said.equals(TO_BUDGET) ? toBudget() : Optional.of(Integer.parseInt(said));
    int most = Integer.parseInt(line.getOrDefault("up-to", "100"));
    return percent.filter(number -> number >= 1 && number <= most);
  }

  /// The smallest whole percent off the list price that comes to the budget or less.
  private Optional<Integer> toBudget() {
    if (!(value("quote.list").orElse(null) instanceof Value.Amount(var list))
        || !(value(Signal.BUDGET).orElse(null) instanceof Value.Amount(var budget))
        || !list.currency().equals(budget.currency())
        || list.minor() < 1) {
      return Optional.empty();
    }
    long over = list.minor() - budget.minor();
    return Optional.of(Math.clamp(Math.ceilDiv(over * 100, list.minor()), 0, 101));
  }

  /// @throws IllegalArgumentException where it is no percentage
  static void understandPercent(Map<String, String> line) {
    var said = line.getOrDefault("percent", TO_BUDGET);
    if (!said.equals(TO_BUDGET)) Integer.parseInt(said);
    Integer.parseInt(line.getOrDefault("up-to", "100"));
  }

  /// `fields: "product,stage=won"`: known facts by name, and fixed values.
  private Optional<Action> writeCrm(Map<String, String> line) {
    var fields = new TreeMap<String, Value>();
    for (var field : line.getOrDefault("fields", "").split("\\s*,\\s*")) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(field.substring(0, equals), Value.of(field.substring(equals + 1)));
      } else {
        value(field).ifPresent(value -> fields.put(field, value));
      }
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(new Action.WriteCrm(fields));
  }

  private Optional<Action> interpretConsent(Map<String, String> line) {
    var state = state(line);
    return both(text(line, "purpose"), situation.heard())
        .map(p -> new Action.InterpretConsent(p.one, state, p.other.seq()));
  }

  /// @throws IllegalArgumentException where it is none
  static Consent.State state(Map<String, String> line) {
    return Consent.State.valueOf(line.getOrDefault("state", "").toUpperCase(Locale.ROOT));
  }

  private Action followUp(Map<String, String> line) {
    Instant at =
        situation.briefing().at().plus(Duration.parse(line.getOrDefault("after", "PT24H")));
    return new Action.ScheduleFollowUp(at, channel(line));
  }

  private Optional<Action> useTool(String kind, Map<String, String> line) {
    var arguments = new TreeMap<String, Value>();
    for (var argument : line.entrySet()) {
      if (argument.getKey().equals("action") || argument.getKey().equals("go-on")) continue;
      var filled = argument(argument.getValue());
      if (filled.isEmpty()) return Optional.empty();
      arguments.put(argument.getKey(), filled.get());
    }
    return Optional.of(new Action.UseTool(kind.substring("tool:".length()), arguments));
  }

  /// One fact alone goes on as it is; what is put together from facts may hold personal text.
  private Optional<Value> argument(String template) {
    var alone = FACT_ALONE.matcher(template);
    if (alone.matches()) {
      var known = value(alone.group(1));
      if (known.isPresent()) return known;
    }
    return wording
        .fill(template)
        .map(filled -> filled.equals(template) ? Value.of(filled) : Value.of(desk.seal(filled)));
  }

  private Optional<Words> words(Map<String, String> line) {
    if (line.containsKey("line")) return Optional.of(new Words.Line(line.get("line")));
    return wording.fill(line.getOrDefault("say", "")).filter(s -> !s.isBlank()).map(desk::words);
  }

  private static Optional<String> text(Map<String, String> line, String name) {
    return Optional.ofNullable(line.get(name));
  }

  private Optional<Value> value(String fact) {
    return situation.fact(fact).map(Fact::value);
  }

  private Optional<String> fact(String name) {
    return value(name)
        .filter(value -> value instanceof Value.Text)
        .map(value -> ((Value.Text) value).text());
  }

  private Optional<Long> whole(String name) {
    return value(name)
        .filter(value -> value instanceof Value.Whole)
        .map(value -> ((Value.Whole) value).number());
  }

  private String zone() {
    return situation.zone().getId();
  }

  private String channel(Map<String, String> line) {
    return line.getOrDefault("channel", situation.briefing().channel());
  }

  private static String reason(Map<String, String> line) {
    return line.getOrDefault("reason", "");
  }

  private record Pair<A, B>(A one, B other) {}

  private static <A, B> Optional<Pair<A, B>> both(Optional<A> one, Optional<B> other) {
    return one.flatMap(a -> other.map(b -> new Pair<>(a, b)));
  }
}
