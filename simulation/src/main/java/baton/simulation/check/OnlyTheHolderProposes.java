package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Command;
import baton.handoff.Event;
import baton.handoff.Lease;
import baton.handoff.Role;
import baton.handoff.State;
import baton.simulation.history.Occurrence;

/// Invariant 2: nothing is proposed in an agent's name but by the holder's answer to the ask that
/// was open.
final class OnlyTheHolderProposes implements Checker {
  @Override
  public void see(Occurrence occurrence) {
    if (!(occurrence instanceof Occurrence.Journaled journaled)) return;
    for (var event : journaled.entry().events()) {
      if (!(event instanceof Event.Proposed proposed) || !isAgent(proposed.role())) continue;
      boolean asked =
          journaled.entry().command() instanceof Command.Answer answer
              && journaled.before() instanceof State.Live live
              && live.lease().equals(new Lease.Held(answer.role(), answer.epoch()))
              && live.work().ask().filter(ask -> ask.seq() == answer.ask()).isPresent()
              && proposed.role().equals(answer.role())
              && proposed.epoch() == answer.epoch();
      require(asked, () -> "2: " + proposed.role() + " proposed without being asked as the holder");
    }
  }

  private static boolean isAgent(Role role) {
    return !role.equals(Role.ENGINE) && !role.equals(Role.HUMAN);
  }
}
