package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Event;
import baton.handoff.Lease;
import baton.handoff.Role;
import baton.handoff.State;
import baton.simulation.history.Occurrence;

/// Invariant 2: at most one role holds the lease; it is revoked before it is given, and every
/// change raises the epoch and moves authority.
final class OneHolder implements Checker {
  @Override
  public void see(Occurrence occurrence) {
    if (!(occurrence instanceof Occurrence.Journaled journaled)) return;
    for (int i = 0; i < journaled.entry().events().size(); i++) {
      turn(
          lease(journaled.states().get(i)),
          journaled.entry().events().get(i),
          lease(journaled.states().get(i + 1)));
    }
  }

  private static void turn(Lease old, Event event, Lease next) {
    if (event instanceof Event.Granted) {
      boolean free = old instanceof Lease.Passing || old instanceof Lease.Nobody;
      require(free, () -> "2: the lease is granted while " + old + " holds");
    }
    if (old.equals(next)) return;
    require(
        next.epoch() > old.epoch(), () -> "2: " + old + " became " + next + " at the same epoch");
    require(event instanceof Event.MovesAuthority, () -> "2: " + event + " changed the lease");
  }

  private static Lease lease(State state) {
    return switch (state) {
      case State.Blank _ -> new Lease.Nobody("blank", Role.ENGINE, -1);
      case State.Live live -> live.lease();
      case State.Closed(var last, _) -> last.lease();
    };
  }
}
