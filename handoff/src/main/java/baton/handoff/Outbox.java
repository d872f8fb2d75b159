package baton.handoff;

import baton.handoff.State.Closed;
import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    return live.work().flights().values().stream().map(Outbox::flight).toList();
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
    var passing =
        live.lease() instanceof Lease.Passing open
            ? Stream.of(open.answerBy())
            : Stream.<Instant>empty();
    return Stream.of(
            work.ask().map(State.Ask::answerBy).stream(),
            passing,
            work.silentAt().stream(),
            work.followUp().map(State.FollowUp::at).stream(),
            work.approvals().values().stream().map(Approval::expiresAt))
        .flatMap(instants -> instants)
        .min(Instant::compareTo);
  }
}
