package baton.runtime;

import baton.agents.Agent;
import baton.runtime.http.Ports;
import java.util.Optional;

/// A running engine for a program that times it, with one agent in all roles.
public final class TimedNode implements AutoCloseable {
  private final Node node;

  private TimedNode(Node node) {
    this.node = node;
  }

  public static TimedNode start(Settings settings, Storage storage, Agent agent) {
    return new TimedNode(Node.start(settings, storage, (_, _) -> Optional.of(agent)));
  }

  public Ports ports() {
    return node.ports();
  }

  @Override
  public void close() {
    node.close();
  }
}
