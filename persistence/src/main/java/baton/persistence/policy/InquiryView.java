package baton.persistence.policy;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import baton.handoff.gate.Inquiry;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a custom condition sees of an inquiry: names, numbers and states, never personal text.
final class InquiryView {
  private InquiryView() {}

  /// The value of one of the condition's variables, or empty where there is none of that name.
  static Optional<Object> of(Inquiry inquiry, String variable) {
    var state = inquiry.state();
    var buyer = state.opening().buyer();
    return Optional.ofNullable(
        switch (variable) {
          case "action" -> action(inquiry.proposal().action());
          case "facts" -> facts(inquiry);
          case "consents" -> consents(inquiry);
          case "counters" -> Map.copyOf(state.counted().counters());
          case "role" -> inquiry.proposal().role().name();
          case "channel" -> state.opening().channel();
          case "segment" -> buyer.segment();
          case "region" -> buyer.region();
          case "hour" -> (long) inquiry.now().at().atZone(zone(inquiry)).getHour();
          case "confidence" ->
              // Whoever was not heard was not heard clearly.
              state.known().heard().map(heard -> (long) heard.confidence()).orElse(0L);
          default -> null;
        });
  }

  /// What the buyer said lately goes before what a caller said at the start; else the seller's
  /// zone.
  private static ZoneId zone(Inquiry inquiry) {
    var fact = inquiry.state().known().facts().get("time-zone");
    var buyers =
        fact != null && fact.value() instanceof Value.Text(var said)
            ? said
            : inquiry.state().opening().buyer().zone();
    if (buyers.isEmpty()) return inquiry.policy().zone();
    try {
      return ZoneId.of(buyers);
    } catch (DateTimeException unknown) {
      return inquiry.policy().zone();
    }
  }

  /// What is fresh and not merely an agent's own word.
  private static Map<String, Object> facts(Inquiry inquiry) {
    var shown = new HashMap<String, Object>();
    inquiry
        .state()
        .known()
        .facts()
        .forEach((name, fact) -> {
          boolean counts = fact.freshAt(inquiry.now().at()) && fact.source() != Fact.Source.AGENT;
          if (counts) shown.put(name, value(fact.value()));
        });
    return shown;
  }

  private static Map<String, String> consents(Inquiry inquiry) {
    var shown = new HashMap<String, String>();
    inquiry
        .state()
        .known()
        .consents()
        .forEach((purpose, consent) ->
            shown.put(purpose, consent.state().name().toLowerCase(Locale.ROOT)));
    return shown;
  }

  private static Object value(Value value) {
    return switch (value) {
      case Value.Whole(var number) -> number;
      case Value.Amount(var money) -> money.minor();
      case Value.Text _, Value.Time _, Value.Secret _ -> value.shown();
    };
  }

  private static Map<String, Object> action(Action action) {
    var shown = new HashMap<String, Object>(arguments(action));
    shown.put("kind", action.kind());
    return shown;
  }

  private static Map<String, Object> arguments(Action action) {
    return switch (action) {
      case Action.Speak(var words, var asks) -> Map.of("line", line(words), "asks", asks);
      case Action.Disclose(var name, var words) -> Map.of("disclosure", name, "line", line(words));
      case Action.AskConsent(var purpose, var words) ->
          Map.of("purpose", purpose, "line", line(words));
      case Action.RaiseUrgency(var words) -> Map.of("line", line(words));
      case Action.RequestCommitment(var quote, var words) ->
          Map.of("quote", quote, "line", line(words));
      case Action.InitiateContact(var channel) -> Map.of("channel", channel);
      case Action.FindSlots(var from, var until, var zone, var part) ->
          Map.of(
              "from", from.toString(),
              "until", until.toString(),
              "zone", zone,
              "part", part.orElse(""));
      case Action.Book(var slot, var start, var zone) ->
          Map.of("slot", slot, "start", start.toString(), "zone", zone);
      case Action.Reschedule(var booking, var slot, var start, var zone) ->
          Map.of("booking", booking, "slot", slot, "start", start.toString(), "zone", zone);
      case Action.Cancel(var booking) -> Map.of("booking", booking);
      case Action.TransferToHuman(var reason) -> Map.of("reason", reason);
      case Action.Quote(var product, var seats) -> Map.of("product", product, "seats", seats);
      case Action.Concede(var quote, var percent) ->
          Map.of("quote", quote, "percent", (long) percent);
      case Action.TakeCommitment(var quote, var total) ->
          Map.of("quote", quote, "total", total.minor(), "currency", total.currency());
      case Action.WriteCrm(var fields) -> Map.of("fields", values(fields));
      case Action.SendMessage(var channel, var words) ->
          Map.of("channel", channel, "line", line(words));
      case Action.Record(var channel) -> Map.of("channel", channel);
      case Action.UseTool(var name, var arguments) ->
          Map.of("name", name, "arguments", values(arguments));
      case Action.InterpretConsent(var purpose, var consent, _) ->
          Map.of("purpose", purpose, "state", consent.name().toLowerCase(Locale.ROOT));
      case Action.RequestHandOff(var to, var reason) -> Map.of("to", to.name(), "reason", reason);
      case Action.ScheduleFollowUp(var at, var channel) ->
          Map.of("at", at.toString(), "channel", channel);
      case Action.Escalate(var reason) -> Map.of("reason", reason);
      case Action.Close(var reason) -> Map.of("reason", reason);
    };
  }

  private static Map<String, Object> values(Map<String, Value> values) {
    var shown = new HashMap<String, Object>();
    values.forEach((name, value) -> shown.put(name, value(value)));
    return shown;
  }

  private static String line(Words words) {
    return switch (words) {
      case Words.Line(var name) -> name;
      case Words.Own _ -> "sealed";
    };
  }
}
