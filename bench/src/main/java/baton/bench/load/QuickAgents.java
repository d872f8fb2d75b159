package baton.bench.load;

import baton.agents.Agent;
import baton.agents.AgentProvider;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;

/// Puts [QuickAgent] at the disposal of policies, so that any engine can be driven by workload W.
public final class QuickAgents implements AgentProvider {
  @Override
  public String name() {
    return "workload";
  }

  @Override
  public Agent agent(PolicyDocument policy, Role role) {
    return new QuickAgent();
  }
}
