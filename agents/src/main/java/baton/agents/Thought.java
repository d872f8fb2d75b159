package baton.agents;

import baton.handoff.action.Action;
import baton.handoff.agent.Origin;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// An agent's answer, or a part of it.
///
/// @param actions what it proposes, in order
/// @param notes its private memory from now on
/// @param origin empty where no model thought of it
/// @param goesOn whether there is more to come, once this has been decided and said
public record Thought(
    List<Action> actions,
    SortedMap<String, String> notes,
    Optional<Origin> origin,
    boolean goesOn) {
  public Thought {
    actions = List.copyOf(actions);
    notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
  }

  public Thought(List<Action> actions, SortedMap<String, String> notes) {
    this(actions, notes, Optional.empty());
  }

  /// A whole answer, or its last part.
  public Thought(List<Action> actions, SortedMap<String, String> notes, Optional<Origin> origin) {
    this(actions, notes, origin, false);
  }
}
