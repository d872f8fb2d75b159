package baton.runtime;

import baton.agents.Agent;
import baton.runtime.http.Ports;
import java.util.Optional;

/// A running engine for a program that times it.
public final class TimedNode implements AutoCloseable {
  private final Node node;

  private TimedNode(Node node) {
    this.node = node;
  }

  /// With one agent in all roles.
  public static TimedNode start(Settings settings, Storage storage, Agent agent) {
    return new TimedNode(Node.start(settings, storage, (_, _) -> Optional.of(agent)));
  }

  /// With whoever the policy names in each role.
  public static TimedNode start(Settings settings, Storage storage) {
    return new TimedNode(Node.start(settings, storage));
  }

  public Ports ports() {
    return node.ports();
  }

  @Override
  public void close() {
    node.close();
  }
}
