package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.port.Claims.Claim;
import baton.simulation.history.Occurrence;
import java.util.HashMap;
import java.util.Map;

/// Invariant 11: every outcome event has its claim; and 16: in the end every claim is done, failed,
/// or known to be unknown, in the journal and in the claims.
final class OutcomesJoin implements Checker {
  private final Map<Long, Claim> claims = new HashMap<>();
  private final Map<Long, Outcome> journaled = new HashMap<>();
  private final Map<Long, Outcome> settled = new HashMap<>();

  @Override
  public void see(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Claimed(var claim, _, _) -> claims.put(claim.n(), claim);
      case Occurrence.Journaled entry -> {
        for (var event : entry.entry().events()) {
          if (event instanceof Event.Settled outcome) outcome(outcome);
        }
      }
      case Occurrence.Settled(var n, var outcome) -> {
        require(claims.containsKey(n), () -> "11: an outcome of no claim");
        if (!isKnown(settled.get(n))) settled.put(n, outcome);
      }
      case Occurrence.Advanced _,
          Occurrence.Invoked _,
          Occurrence.Returned _,
          Occurrence.Called _,
          Occurrence.Killed _ -> {}
    }
  }

  private void outcome(Event.Settled event) {
    var claim = claims.get(event.claim());
    require(claim != null, () -> "11: an outcome event without its claim: " + event.permit());
    require(claim.digest().equals(event.digest()), () -> "11: the outcome of another action");
    require(claim.at().equals(event.claimedAt()), () -> "11: the outcome of another time");
    var before = journaled.put(event.claim(), event.outcome());
    require(!isKnown(before), () -> "11: claim " + event.claim() + " has two outcomes");
  }

  private static boolean isKnown(Outcome outcome) {
    return outcome != null && !(outcome instanceof Outcome.Unknown);
  }

  @Override
  public void end() {
    for (var claim : claims.values()) {
      var told = journaled.get(claim.n());
      require(told != null, () -> "16: claim " + claim.n() + " has no outcome event");
      require(
          told.equals(settled.get(claim.n())),
          () ->
              "11: claim "
                  + claim.n()
                  + " is "
                  + settled.get(claim.n())
                  + ", its event says "
                  + told);
    }
  }
}
