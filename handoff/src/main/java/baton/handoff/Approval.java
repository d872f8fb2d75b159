package baton.handoff;

import java.time.Instant;
import java.util.List;

/// A right-holder's yes to one action. It binds to the proposal, the digest, the role, the epoch
/// and the right, and the action is decided again when it is used.
///
/// @param seq number of the event that opened it; its id is `tenant.conversation.seq`
/// @param facts names of the facts the decision rested on: a change of one voids the approval
public record Approval(
    long seq,
    Proposal proposal,
    String right,
    List<String> facts,
    Instant expiresAt,
    Standing standing) {
  /// Where it stands. Rejected, expired and void ones are gone from the state; the journal has
  /// them.
  public sealed interface Standing {
    record Open() implements Standing {}

    record Approved(String operator) implements Standing {}
  }

  Approval approved(String operator) {
    return new Approval(seq, proposal, right, facts, expiresAt, new Standing.Approved(operator));
  }
}
