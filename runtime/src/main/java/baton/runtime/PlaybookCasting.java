package baton.runtime;

import baton.agents.Agent;
import baton.agents.PlaybookAgent;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Fills each role that has a playbook with that, whatever agent the policy names.
public final class PlaybookCasting implements Casting {
  private record Part(String policy, Role role) {}

  private final Map<Part, Agent> agents = new ConcurrentHashMap<>();

  @Override
  public Optional<Agent> agent(PolicyDocument policy, Role role) {
    return Optional.ofNullable(policy.playbooks().get(role))
        .map(playbook ->
            agents.computeIfAbsent(
                new Part(policy.policy().hash(), role), _ -> new PlaybookAgent(playbook)));
  }
}
