package baton.runtime.view;

import baton.handoff.ConversationId;
import baton.handoff.port.Claims.ClaimState;
import baton.handoff.port.Conversations.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All conversations at a glance, for the people who watch over them. Thread-safe; blocks.
public interface Roster {
  /// Whichever of these is given must be so.
  ///
  /// @param holder a role, `human`, or `nobody`
  record Wanted(Optional<String> status, Optional<String> campaign, Optional<String> holder) {
    public static final Wanted ALL =
        new Wanted(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The last row of the page before.
  record Place(Instant updatedAt, String id) {}

  /// Whatever changed last comes first; at most `limit` rows behind `after`.
  List<Row> page(String tenant, Wanted wanted, Optional<Place> after, int limit);

  /// How many conversations are not closed, by status and holder.
  List<Held> held(String tenant);

  /// @param holder a role, `human`, or empty where nobody has it
  record Held(String status, String holder, long count) {}

  /// Claims without a known outcome, the oldest first: those that nobody knows of, and those whose
  /// call is still being made.
  List<Unfinished> unfinished(String tenant, int limit);

  /// @param state `CLAIMED` or `UNKNOWN`
  record Unfinished(
      ConversationId conversation, String role, String kind, ClaimState state, Instant at) {}
}
