package baton.handoff.gate;

import baton.handoff.policy.Clause;
import java.util.List;
import java.util.Map;

/// Is the engine allowed to act here at all, and under this policy?
final class ControlCheck {
  private static final String NAME = "control";
  private static final List<Finding> RUNNING = List.of(Finding.permit(NAME));

  private ControlCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var now = inquiry.now();
    if (!now.policy().equals(inquiry.policy().hash())) {
      return List.of(Finding.of(NAME, Verdict.DENY, Clause.ENGINE, "policy-not-current", Map.of()));
    }
    if (!now.control().running()) {
      var scope = Map.of("scope", now.control().scope());
      return List.of(Finding.of(NAME, Verdict.DEFER, Clause.ENGINE, "paused", scope));
    }
    return RUNNING;
  }
}
