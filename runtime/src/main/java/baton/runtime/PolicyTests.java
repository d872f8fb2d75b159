package baton.runtime;

import baton.handoff.policy.PolicyDocument;
import java.util.List;

/// Plays the scenarios that a policy brings. What plays them is found by `ServiceLoader`: the
/// engine does not know the simulator.
public interface PolicyTests {
  /// One for each scenario, in the policy's order.
  List<Result> run(PolicyDocument policy);

  /// @param played how many conversations
  /// @param unmet what was expected and is not so, in one line; empty where all is well
  record Result(String scenario, int played, String unmet) {
    public boolean met() {
      return unmet.isEmpty();
    }
  }
}
