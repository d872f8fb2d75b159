package baton.agents;

import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;

/// An agent in Java, found through [java.util.ServiceLoader] on the class path. What it may bring
/// about stays the policy's to say: it can only propose.
public interface AgentProvider {
  /// What a mandate calls it under `agent`: lower-case letters, digits and `-`.
  String name();

  /// Called once for each version of a policy and each role in it that names this agent. The agent
  /// serves all conversations, on many threads at once; what it has to keep of one is in its notes.
  ///
  /// @throws IllegalArgumentException where it cannot fill the role under this policy, in one line
  ///   that whoever activates the policy is shown
  Agent agent(PolicyDocument policy, Role role);
}
