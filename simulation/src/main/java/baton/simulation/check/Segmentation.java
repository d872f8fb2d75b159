package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Event;
import baton.handoff.Proposal;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy;
import baton.simulation.history.Occurrence;

/// Invariant 13: what a role is permitted lies in its mandate, whatever was said to it or by it.
final class Segmentation implements Checker {
  @Override
  public void see(Occurrence occurrence) {
    if (!(occurrence instanceof Occurrence.Journaled journaled)) return;
    for (int i = 0; i < journaled.entry().events().size(); i++) {
      if (journaled.entry().events().get(i) instanceof Event.Decided decided
          && decided.verdict() == Verdict.PERMIT
          && journaled.states().get(i) instanceof State.Live live) {
        live.work().queue().stream()
            .filter(proposal -> proposal.seq() == decided.proposal())
            .forEach(proposal -> permitted(journaled.policy(), proposal));
      }
    }
  }

  private static void permitted(Policy policy, Proposal proposal) {
    var role = proposal.role();
    if (role.equals(Role.ENGINE)) {
      require(
          isEngines(policy, proposal.action()), () -> "13: not a line of the engine: " + proposal);
      return;
    }
    var mandate = policy.mandates().get(role);
    var kind = proposal.action().kind();
    require(
        mandate != null && mandate.may().containsKey(kind), () -> "13: " + role + " did " + kind);
    require(
        !mandate.never().containsKey(kind),
        () -> "13: " + role + " did what it never may: " + kind);
  }

  private static boolean isEngines(Policy policy, Action action) {
    return switch (action) {
      case Action.Close _ -> true;
      case Action.Speak(Words.Line(var name), _) ->
          policy.lines().containsKey(name) && policy.lines().get(name).engine();
      case Action _ -> false;
    };
  }
}
