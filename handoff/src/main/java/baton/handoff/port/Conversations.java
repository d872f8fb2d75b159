package baton.handoff.port;

import baton.handoff.ConversationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The wake table: a row for each conversation, there before its first event. It is how a restarted
/// engine finds what it owes, and what lists are made of. Thread-safe; blocks.
public interface Conversations {
  /// Makes sure that there is a row, due now. Comes before the conversation's first event.
  void announce(ConversationId id, String campaign, Instant now);

  /// Brings rows up to date. A row with a lower `seq` than the stored one changes nothing.
  void update(List<Row> rows);

  /// Conversations that are due at or before `now`, earliest first. One that was announced more
  /// than a minute ago and never began owes nothing.
  List<Due> due(Instant now, int limit);

  /// @param seq the journal has reached this row, or gone on
  record Due(ConversationId id, long seq) {}

  Optional<Row> find(ConversationId id);

  /// Rows after `after` (a conversation's id), ordered by id, at most `limit`.
  List<Row> page(String tenant, String after, Optional<String> status, int limit);

  /// @param status `open`, `passing`, `with-human` or `closed`
  /// @param holder a role, `human`, or empty
  /// @param dueAt when the conversation owes something next; empty once nothing is owed
  record Row(
      ConversationId id,
      String campaign,
      long seq,
      String status,
      Optional<String> holder,
      long epoch,
      Instant updatedAt,
      Optional<Instant> dueAt) {}
}
