package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Event;
import baton.simulation.history.Occurrence;
import java.util.HashMap;
import java.util.Map;

/// Invariant 6: however often a proposal is decided, its effect has one key; and no other proposal
/// has it.
final class OneKeyPerProposal implements Checker {
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, String> proposals = new HashMap<>();

  @Override
  public void see(Occurrence occurrence) {
    if (!(occurrence instanceof Occurrence.Journaled journaled)) return;
    for (var event : journaled.entry().events()) {
      if (!(event instanceof Event.Decided decided) || decided.permit().isEmpty()) continue;
      var key = decided.permit().get().key();
      var proposal = journaled.conversation().numbered(decided.proposal());
      var known = keys.putIfAbsent(proposal, key);
      require(known == null || known.equals(key), () -> "6: another key for proposal " + proposal);
      var other = proposals.putIfAbsent(key, proposal);
      require(other == null || other.equals(proposal), () -> "6: " + key + " is of two proposals");
    }
  }
}
