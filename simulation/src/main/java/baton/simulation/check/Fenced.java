package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.Permit;
import baton.handoff.State;
import baton.handoff.port.Claims;
import baton.simulation.history.Occurrence;
import java.util.HashMap;
import java.util.Map;

/// Invariants 1, 4 and 6: each claim uses up a permit of the journal, as it was given and once, and
/// on the authority that the row names at that moment.
final class Fenced implements Checker {
  private final Map<String, Permit> permits = new HashMap<>();
  private final Map<ConversationId, Long> authorities = new HashMap<>();

  @Override
  public void see(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Journaled journaled -> {
        refused(journaled);
        for (var event : journaled.entry().events()) {
          if (event instanceof Event.Decided decided) {
            decided.permit().ifPresent(permit -> permits.put(permit.id(), permit));
          }
        }
      }
      case Occurrence.Advanced(var row) ->
          authorities.merge(row.conversation(), row.authority(), Math::max);
      case Occurrence.Claimed claimed -> claimed(claimed);
      case Occurrence.Invoked _,
          Occurrence.Returned _,
          Occurrence.Called _,
          Occurrence.Settled _,
          Occurrence.Killed _ -> {}
    }
  }

  /// The row is written before anybody is told: a permit that rests on the newest authority cannot
  /// have been refused for newer, nor for older.
  private static void refused(Occurrence.Journaled journaled) {
    if (journaled.entry().command() instanceof Command.Unclaimed(var permit, var reason)
        && reason == Claims.Reason.AUTHORITY_MOVED
        && journaled.before() instanceof State.Live live
        && live.work().flights().get(permit) instanceof State.Flight flight) {
      require(
          flight.permit().authority() != live.authority(),
          () -> "1: " + permit + " was claimed before its authority was written down");
    }
  }

  private void claimed(Occurrence.Claimed claimed) {
    var claim = claimed.claim();
    // Removed: a permit is claimed once.
    var permit = permits.remove(claim.permit());
    require(
        permit != null, () -> "4: no unused permit for claim " + claim.n() + ", " + claim.permit());
    boolean same =
        permit.digest().equals(claim.digest())
            && permit.key().equals(claim.key())
            && permit.role().equals(claim.role())
            && permit.epoch() == claim.epoch()
            && permit.kind().equals(claim.kind())
            && permit.policy().equals(claimed.policy());
    require(same, () -> "1: claim " + claim.n() + " is of another action, role, epoch or policy");
    require(claim.at().isBefore(permit.expiresAt()), () -> "1: claimed after it expired");
    // Where the history does not tell of rows there is nothing to compare.
    var authority = authorities.get(claim.conversation());
    require(
        authority == null || authority == claimed.authority(),
        () ->
            "1: claim "
                + claim.n()
                + " rests on authority "
                + claimed.authority()
                + ", not "
                + authority);
  }
}
