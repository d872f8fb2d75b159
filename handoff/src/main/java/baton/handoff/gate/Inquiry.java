package baton.handoff.gate;

import baton.handoff.Approval;
import baton.handoff.Circumstances;
import baton.handoff.Proposal;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
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

  /// Whether a right-holder has said yes to exactly this, under this right, and the yes still
  /// stands.
  boolean approvedUnder(String right) {
    return approval
        .filter(given -> given.standing() instanceof Approval.Standing.Approved)
        .filter(given -> given.right().equals(right))
        .filter(given -> given.proposal().seq() == proposal.seq())
        .filter(given -> given.proposal().digest().equals(proposal.digest()))
        .filter(given -> given.proposal().epoch() == state.lease().epoch())
        .filter(given -> now.at().isBefore(given.expiresAt()))
        .isPresent();
  }

  /// Whether this is the sentence with which the policy confirms an opt-out.
  public boolean despiteOptOut() {
    return proposal.role().equals(Role.ENGINE)
        && proposal.action() instanceof Action.Speak(Words.Line(var name), _)
        && policy.lines().containsKey(name)
        && policy.lines().get(name).afterOptOut();
  }
}
