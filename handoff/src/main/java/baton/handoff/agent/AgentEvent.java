package baton.handoff.agent;

import baton.handoff.action.Action;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// An agent's own journal: what it answered, recorded before anybody sees it.
public sealed interface AgentEvent {
  /// @param ask number of the event that asked
  /// @param notes the agent's private memory after this answer
  /// @param origin empty where no model thought of it
  /// @param part empty where this is the whole answer
  record Answered(
      long ask,
      long epoch,
      List<Action> actions,
      SortedMap<String, String> notes,
      Optional<Origin> origin,
      Optional<Part> part)
      implements AgentEvent {
    public Answered(
        long ask,
        long epoch,
        List<Action> actions,
        SortedMap<String, String> notes,
        Optional<Origin> origin) {
      this(ask, epoch, actions, notes, origin, Optional.empty());
    }

    public Answered {
      actions = List.copyOf(actions);
      notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
    }
  }

  /// What it replied to the offer of a lease.
  record Replied(long epoch, boolean accepts, String reason) implements AgentEvent {}
}
