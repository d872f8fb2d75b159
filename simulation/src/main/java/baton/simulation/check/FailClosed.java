package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Event;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.gate.Gate;
import baton.handoff.gate.Verdict;
import baton.simulation.history.Occurrence;
import java.util.HashSet;
import java.util.Set;

/// Invariant 8: what is permitted was found permissible by every check; while a scope is paused
/// nothing is.
final class FailClosed implements Checker {
  private static final Set<String> CHECKS = Set.copyOf(Gate.CHECKS);

  @Override
  public void see(Occurrence occurrence) {
    if (!(occurrence instanceof Occurrence.Journaled journaled)) return;
    var entry = journaled.entry();
    for (int i = 0; i < entry.events().size(); i++) {
      if (!(entry.events().get(i) instanceof Event.Decided decided)) continue;
      var answered = new HashSet<String>();
      var strictest = Verdict.PERMIT;
      for (var finding : decided.findings()) {
        answered.add(finding.check());
        strictest = strictest.or(finding.verdict());
      }
      require(answered.equals(CHECKS), () -> "8: not every check has spoken: " + answered);
      require(strictest == decided.verdict(), () -> "8: not the strictest finding: " + decided);
      boolean permitted = decided.verdict() == Verdict.PERMIT;
      require(!permitted || entry.now().control().running(), () -> "8: permitted while paused");
      boolean owed = permitted && isOutside(journaled.states().get(i), decided.proposal());
      require(decided.permit().isPresent() == owed, () -> "8: a permit where none is due, or none");
    }
  }

  private static boolean isOutside(State state, long proposal) {
    return state instanceof State.Live live
        && live.work().queue().stream()
            .filter(waiting -> waiting.seq() == proposal)
            .anyMatch(waiting -> !(waiting.action() instanceof Action.Inside));
  }
}
