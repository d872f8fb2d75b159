package baton.handoff.gate;

import baton.handoff.Approval;
import baton.handoff.Circumstances;
import baton.handoff.Proposal;
import baton.handoff.State;
import baton.handoff.policy.Policy;
import java.util.Optional;

/// All that the gate is asked about: policy, authority state, proposed action and time.
///
/// @param approval a right-holder's yes to this very proposal
public record Inquiry(
    Policy policy,
    State.Live state,
    Proposal proposal,
    Circumstances now,
    Optional<Approval> approval) {
  public String kind() {
    return proposal.action().kind();
  }
}
