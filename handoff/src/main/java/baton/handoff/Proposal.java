package baton.handoff;

import baton.handoff.action.Action;

/// An action as it was proposed.
///
/// @param seq number of the event that recorded it
/// @param reDecided how often it has been decided again
/// @param approval number of the approval it waits for or was given, 0 for none
public record Proposal(
    long seq, Role role, long epoch, Action action, String digest, int reDecided, long approval) {

  Proposal again() {
    return new Proposal(seq, role, epoch, action, digest, reDecided + 1, approval);
  }

  Proposal approvedBy(long number) {
    return new Proposal(seq, role, epoch, action, digest, reDecided, number);
  }
}
