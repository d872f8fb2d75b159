package baton.runtime.view;

import baton.handoff.ConversationId;
import baton.handoff.Event;
import java.time.Instant;
import java.util.List;

/// Which approvals may be open, over all conversations. An index only: the journal says whether one
/// really is, so a row too many does no harm. Thread-safe; blocks.
public interface OpenApprovals {
  /// An approval was opened. Telling it again changes nothing.
  void opened(ConversationId conversation, long seq, Instant expiresAt);

  /// An approval is not open any more.
  void ended(ConversationId conversation, long seq);

  /// Oldest first, at most `limit`.
  List<Row> open(String tenant, int limit);

  record Row(ConversationId conversation, long seq, Instant expiresAt) {}

  /// Follows a conversation's events, the first of which has the number `first`.
  default void follow(ConversationId conversation, long first, List<Event> events) {
    long seq = first;
    for (var event : events) {
      switch (event) {
        case Event.ApprovalOpened(var approval) -> opened(conversation, seq, approval.expiresAt());
        case Event.ApprovalResolved resolved -> ended(conversation, resolved.approval());
        case Event.ApprovalExpired(var approval) -> ended(conversation, approval);
        case Event.ApprovalVoided(var approval, _) -> ended(conversation, approval);
        case Event _ -> {}
      }
      seq++;
    }
  }
}
