package baton.runtime.view;

import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.action.Action;
import baton.handoff.fact.Value;
import baton.handoff.gate.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a buyer may count on: quotes, bookings, orders and follow-ups that really took place.
public final class Promises {
  /// @param by the role that did it
  /// @param words such as "quoted 12 seats of team: USD 300.00"
  public record Promise(long seq, Instant at, String by, String kind, String words) {}

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm VV", Locale.ENGLISH);

  private Promises() {}

  static List<Promise> of(List<Happened> all) {
    var proposals = new HashMap<Long, Event.Proposed>();
    var promises = new ArrayList<Promise>();
    for (var happened : all) {
      switch (happened.event()) {
        case Event.Proposed proposed -> proposals.put(happened.seq(), proposed);
        case Event.Settled(_, var number, _, _, _, Outcome.Confirmed(var facts)) ->
            promise(happened, proposals.get(number), facts).ifPresent(promises::add);
        case Event.Decided decided when decided.permit().isEmpty() ->
            followUp(happened, proposals.get(decided.proposal()), decided).ifPresent(promises::add);
        case Event _ -> {}
      }
    }
    return promises;
  }

  private static Optional<Promise> promise(
      Happened happened, Event.Proposed proposed, Map<String, Value> facts) {
    if (proposed == null) return Optional.empty();
    return words(proposed.action(), facts).map(words -> promise(happened, proposed, words));
  }

  private static Promise promise(Happened happened, Event.Proposed proposed, String words) {
    return new Promise(
        happened.seq(), happened.at(), proposed.role().name(), proposed.action().kind(), words);
  }

  private static Optional<String> words(Action action, Map<String, Value> facts) {
    return switch (action) {
      case Action.Quote(var product, var seats) ->
          Optional.of(
              "quoted " + seats + (seats == 1 ? " seat of " : " seats of ") + product + sum(facts));
      case Action.Concede(_, var percent) -> Optional.of("conceded " + percent + " %" + sum(facts));
      case Action.TakeCommitment(_, var total) ->
          Optional.of("took an order of " + Explanation.money(total.currency(), total.minor()));
      case Action.Book(_, var start, var zone) -> Optional.of("booked " + moment(start, zone));
      case Action.Reschedule(_, _, var start, var zone) ->
          Optional.of("moved the booking to " + moment(start, zone));
      case Action.Cancel _ -> Optional.of("cancelled the booking");
      case Action.SendMessage(var channel, _) -> Optional.of("sent a message by " + channel);
      case Action.UseTool(var name, _) -> Optional.of("used the tool " + name);
      case Action _ -> Optional.empty();
    };
  }

  private static Optional<Promise> followUp(
      Happened happened, Event.Proposed proposed, Event.Decided decided) {
    if (decided.verdict() != Verdict.PERMIT
        || proposed == null
        || !(proposed.action() instanceof Action.ScheduleFollowUp(var at, var channel))) {
      return Optional.empty();
    }
    String words = "promised to follow up by " + channel + " " + moment(at, "UTC");
    return Optional.of(promise(happened, proposed, words));
  }

  private static String sum(Map<String, Value> facts) {
    return facts.get("quote.total") instanceof Value.Amount(var total)
        ? ": " + Explanation.money(total.currency(), total.minor())
        : "";
  }

  private static String moment(Instant at, String zone) {
    try {
      return MOMENT.format(at.atZone(ZoneId.of(zone)));
    } catch (DateTimeException unknown) {
      return MOMENT.format(at.atZone(ZoneId.of("UTC")));
    }
  }
}
