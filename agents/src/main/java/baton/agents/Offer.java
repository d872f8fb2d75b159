package baton.agents;

import baton.handoff.Role;
import baton.handoff.fact.Fact;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A conversation that is offered to a role.
///
/// @param contract the facts that the transition passes on
public record Offer(Role from, Role to, SortedMap<String, Fact> contract) {
  public Offer {
    contract = Collections.unmodifiableSortedMap(new TreeMap<>(contract));
  }
}
