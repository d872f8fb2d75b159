package baton.agents;

import baton.handoff.agent.AgentEvent;

/// How an agent's events become rows of its journal: each row holds the hash of the one before.
///
/// @param <R> the row's type
public interface Rows<R> {
  /// The hash that the first row holds.
  String first();

  R row(String previousHash, AgentEvent event);

  AgentEvent event(R row);

  String hash(R row);
}
