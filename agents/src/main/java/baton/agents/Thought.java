package baton.agents;

import baton.handoff.action.Action;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// An agent's answer.
///
/// @param actions what it proposes, in order
/// @param notes its private memory from now on
public record Thought(List<Action> actions, SortedMap<String, String> notes) {
  public Thought {
    actions = List.copyOf(actions);
    notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
  }
}
