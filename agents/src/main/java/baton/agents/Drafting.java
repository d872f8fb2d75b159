package baton.agents;

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

/// Makes an action of a rule's line. What is not known is never guessed: then there is no action.
final class Drafting {
  private static final Duration SLOTS_WITHIN = Duration.ofDays(7);

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
  Optional<Action> draft(Map<String, String> line) {
    var kind = line.getOrDefault("action", "");
    return switch (kind) {
      case "speak" -> words(line).map(w -> new Action.Speak(w, line.getOrDefault("asks", "")));
      case "disclose" -> text(line, "disclosure").map(Drafting::disclose);
      case "ask-consent" ->
          both(text(line, "purpose"), words(line)).map(p -> new Action.AskConsent(p.one, p.other));
      case "raise-urgency" -> words(line).map(Action.RaiseUrgency::new);
      case "initiate-contact" -> Optional.of(new Action.InitiateContact(channel(line)));
      case "find-slots" -> Optional.of(findSlots());
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

  private static Action disclose(String disclosure) {
    return new Action.Disclose(disclosure, new Words.Line("disclosure-" + disclosure));
  }

  /// From the time the buyer named, else from now.
  private Action findSlots() {
    var now = situation.briefing().at();
    var from =
        value(Signal.TIME)
            .filter(value -> value instanceof Value.Time)
            .map(value -> ((Value.Time) value).at())
            .filter(at -> at.isAfter(now))
            .orElse(now);
    return new Action.FindSlots(from, from.plus(SLOTS_WITHIN), zone(), Optional.empty());
  }

  private Optional<Action> commitment(Pair<String, Value> quoted) {
    return quoted.other instanceof Value.Amount(var total)
        ? Optional.of(new Action.TakeCommitment(quoted.one, total))
        : Optional.empty();
  }

  /// What the rule says, else what the buyer asked for.
  private Optional<Integer> percent(Map<String, String> line) {
    var said = line.get("percent");
    var percent =
        said == null
            ? whole(Signal.ASK_DISCOUNT).map(Long::intValue)
            : Optional.of(Integer.parseInt(said));
    return percent.filter(number -> number >= 1 && number <= 100);
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
      if (argument.getKey().equals("action")) continue;
      var filled = wording.fill(argument.getValue());
      if (filled.isEmpty()) return Optional.empty();
      arguments.put(argument.getKey(), Value.of(filled.get()));
    }
    return Optional.of(new Action.UseTool(kind.substring("tool:".length()), arguments));
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
