package baton.runtime;

import baton.handoff.Call;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Lease;
import baton.handoff.Proposal;
import baton.handoff.State;
import baton.handoff.port.Conversations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the wake table: what each conversation is and when it owes something next. Written a
/// little behind the journal, many rows at a time; a row that is behind is found at start-up by its
/// number.
final class Wakes {
  private static final Logger LOG = LoggerFactory.getLogger(Wakes.class);

  /// When to look again at a conversation that has something under way.
  private static final Duration UNDER_WAY = Duration.ofSeconds(5);

  private static final Duration HELD = Duration.ofSeconds(2);

  /// A state that the table does not show yet. What follows from it is worked out when it is
  /// written: most states are overtaken before that.
  private record Noted(long row, State state, Instant at) {}

  private final Conversations conversations;
  private final InstantSource clock;
  private final Map<ConversationId, Noted> pending = new ConcurrentHashMap<>();
  private final Set<ConversationId> held = ConcurrentHashMap.newKeySet();

  Wakes(Conversations conversations, InstantSource clock) {
    this.conversations = conversations;
    this.clock = clock;
  }

  /// Conversations of this node in which a pause holds a proposal back.
  Set<ConversationId> held() {
    return held;
  }

  /// @param row number of the journal's last row
  void note(State state, long row) {
    if (isHeld(state)) held.add(state.id());
    else held.remove(state.id());
    if (state instanceof State.Blank) return;
    pending.put(state.id(), new Noted(row, state, clock.instant()));
  }

  private Conversations.Row row(Noted noted) {
    return switch (noted.state()) {
      case State.Live live -> row(live, noted, status(live), holder(live.lease()));
      case State.Closed(var last, _) -> row(last, noted, "closed", Optional.empty());
      case State.Blank _ -> throw new IllegalStateException("nothing has happened yet");
    };
  }

  private static Conversations.Row row(
      State.Live live, Noted noted, String status, Optional<String> holder) {
    return new Conversations.Row(
        live.id(),
        live.opening().campaign(),
        noted.row(),
        status,
        holder,
        live.lease().epoch(),
        noted.at(),
        due(noted));
  }

  static String status(State.Live live) {
    return switch (live.lease()) {
      case Lease.Held _, Lease.Nobody _ -> "open";
      case Lease.Passing _ -> "passing";
      case Lease.WithHuman _ -> "with-human";
    };
  }

  static Optional<String> holder(Lease lease) {
    return switch (lease) {
      case Lease.Held(var role, _) -> Optional.of(role.name());
      case Lease.WithHuman _ -> Optional.of("human");
      case Lease.Passing _, Lease.Nobody _ -> Optional.empty();
    };
  }

  private static Optional<Instant> due(Noted noted) {
    var state = noted.state();
    var deadline = Conversation.dueAt(state);
    boolean underWay =
        Conversation.outbox(state).stream().anyMatch(call -> !(call instanceof Call.WakeAt));
    if (underWay) return Optional.of(earlier(deadline, noted.at().plus(UNDER_WAY)));
    return isHeld(state) ? Optional.of(earlier(deadline, noted.at().plus(HELD))) : deadline;
  }

  private static boolean isHeld(State state) {
    return state instanceof State.Live live
        && live.work().queue().stream().anyMatch(p -> p.stage() == Proposal.Stage.HELD);
  }

  private static Instant earlier(Optional<Instant> deadline, Instant other) {
    return deadline.filter(at -> at.isBefore(other)).orElse(other);
  }

  /// Writes what has been noted. Blocks; what could not be written is written next time.
  void flush() {
    var noted = List.copyOf(pending.values());
    if (noted.isEmpty()) return;
    try {
      conversations.update(noted.stream().map(this::row).toList());
      noted.forEach(written -> pending.remove(written.state().id(), written));
    } catch (RuntimeException outage) {
      LOG.warn("{} rows of the wake table wait: {}", noted.size(), outage.getClass().getName());
    }
  }
}
