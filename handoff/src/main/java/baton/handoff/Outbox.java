package baton.handoff;

import baton.handoff.State.Closed;
import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a conversation owes to the outside, from its state alone.
final class Outbox {
  private Outbox() {}

  static List<Call> of(State state) {
    return switch (state) {
      case State.Blank _ -> List.of();
      case Live live -> live(live);
      case Closed(var last, _) -> flights(last);
    };
  }

  private static List<Call> live(Live live) {
    var calls = new ArrayList<>(flights(live));
    switch (live.lease()) {
      case Lease.Held(var role, var epoch) ->
          live.work().ask().ifPresent(ask -> calls.add(new Call.Ask(role, epoch, ask.seq())));
      case Lease.Passing passing when !passing.to().equals(Role.HUMAN) ->
          calls.add(
              new Call.Offer(passing.from(), passing.to(), passing.epoch(), passing.contract()));
      case Lease.Passing _, Lease.WithHuman _, Lease.Nobody _ -> {}
    }
    dueAt(live).ifPresent(at -> calls.add(new Call.WakeAt(at)));
    return calls;
  }

  private static List<Call> flights(Live live) {
    var flights = live.work().flights();
    if (flights.isEmpty()) return List.of();
    var calls = new ArrayList<Call>(flights.size());
    for (var flight : flights.values()) calls.add(flight(flight));
    return calls;
  }

  private static Call flight(Flight flight) {
    var action = flight.proposal().action();
    return switch (flight.stage()) {
      case OPEN -> new Call.Perform(flight.permit(), action);
      case VOID -> new Call.Conclude(flight.permit(), action);
      case UNKNOWN -> new Call.LookUp(flight.permit(), action);
    };
  }

  /// When the next deadline falls.
  static Optional<Instant> dueAt(Live live) {
    var work = live.work();
    Instant first = null;
    if (work.ask().isPresent()) first = earlier(first, work.ask().get().answerBy());
    if (live.lease() instanceof Lease.Passing passing) first = earlier(first, passing.answerBy());
    if (work.silentAt().isPresent()) first = earlier(first, work.silentAt().get());
    if (work.followUp().isPresent()) first = earlier(first, work.followUp().get().at());
    for (var approval : work.approvals().values()) first = earlier(first, approval.expiresAt());
    return Optional.ofNullable(first);
  }

  private static Instant earlier(Instant first, Instant other) {
    return first == null || other.isBefore(first) ? other : first;
  }
}
