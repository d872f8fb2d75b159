package baton.runtime;

import baton.agents.Agent;
import baton.agents.PlaybookAgent;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Fills the roles that the policy gives to the agent `playbook`, with the policy's own playbooks.
public final class PlaybookCasting implements Casting {
  private static final String NAME = "playbook";

  private record Part(String policy, Role role) {}

  private final Map<Part, Agent> agents = new ConcurrentHashMap<>();

  @Override
  public Optional<Agent> agent(PolicyDocument policy, Role role) {
    var mandate = policy.policy().mandates().get(role);
    var playbook = policy.playbooks().get(role);
    if (mandate == null || playbook == null || !mandate.agent().equals(NAME)) {
      return Optional.empty();
    }
    return Optional.of(
        agents.computeIfAbsent(
            new Part(policy.policy().hash(), role), _ -> new PlaybookAgent(playbook)));
  }
}
