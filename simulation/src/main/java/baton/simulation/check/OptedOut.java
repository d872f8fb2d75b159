package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Event;
import baton.handoff.Permit;
import baton.simulation.history.Occurrence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Once a buyer has opted out, and that is written down, nothing is claimed for that buyer in any
/// conversation but the one sentence that confirms it.
final class OptedOut implements Checker {
  private final Map<String, Permit> permits = new HashMap<>();
  private final Map<String, String> subjects = new HashMap<>();
  private final Set<String> optedOut = new HashSet<>();

  @Override
  public void see(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Journaled journaled -> {
        for (var event : journaled.entry().events()) {
          switch (event) {
            case Event.Opened opened ->
                subjects.put(journaled.conversation().key(), opened.buyer().subject());
            case Event.Decided decided ->
                decided.permit().ifPresent(permit -> permits.put(permit.id(), permit));
            case Event _ -> {}
          }
        }
      }
      case Occurrence.Advanced(var row) -> {
        if (row.optedOut()) optedOut.add(row.subject());
      }
      case Occurrence.Claimed(var claim, _, _) -> {
        boolean out = optedOut.contains(subjects.get(claim.conversation().key()));
        var permit = permits.get(claim.permit());
        boolean despite = permit != null && permit.despiteOptOut();
        require(!out || despite, () -> "claim " + claim.n() + " is for a buyer who has opted out");
      }
      case Occurrence.Invoked _,
          Occurrence.Returned _,
          Occurrence.Called _,
          Occurrence.Settled _,
          Occurrence.Killed _ -> {}
    }
  }
}
