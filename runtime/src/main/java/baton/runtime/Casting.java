package baton.runtime;

import baton.agents.Agent;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import java.util.Optional;

/// Who fills a role under a policy.
@FunctionalInterface
public interface Casting {
  /// Empty where the policy names an agent that is not here: then nobody answers, and the policy's
  /// deadlines and safe states decide.
  Optional<Agent> agent(PolicyDocument policy, Role role);
}
