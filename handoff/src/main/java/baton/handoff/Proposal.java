package baton.handoff;

import baton.handoff.action.Action;

/// An action as it was proposed.
///
/// @param seq number of the event that recorded it
/// @param reDecided how often it has been decided again
/// @param approval number of the approval it was given, 0 for none
public record Proposal(
    long seq,
    Role role,
    long epoch,
    Action action,
    String digest,
    int reDecided,
    long approval,
    Stage stage) {
  public enum Stage {
    /// Waits for its turn.
    QUEUED,
    /// Was deferred by a pause or by a claim's refusal, and is decided again when that may be over.
    HELD
  }

  Proposal again(Stage next) {
    return new Proposal(seq, role, epoch, action, digest, reDecided + 1, approval, next);
  }

  Proposal held() {
    return new Proposal(seq, role, epoch, action, digest, reDecided, approval, Stage.HELD);
  }

  Proposal approvedBy(long number) {
    return new Proposal(seq, role, epoch, action, digest, reDecided, number, Stage.QUEUED);
  }

  /// The idempotency key of its effect: the same for every permit that this proposal is ever given.
  public String key(ConversationId id) {
    return id.numbered(seq) + "." + digest.substring(0, 16);
  }
}
