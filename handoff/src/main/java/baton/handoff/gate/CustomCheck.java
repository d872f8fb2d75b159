package baton.handoff.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The policy's own conditions. They can only tighten: where one holds, the verdict is at least
/// what it says, and one that fails denies.
final class CustomCheck {
  private static final String NAME = "custom";

  private CustomCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var rules = inquiry.policy().custom().getOrDefault(inquiry.kind(), List.of());
    if (rules.isEmpty()) return List.of(Finding.permit(NAME));
    var found = new ArrayList<Finding>(1);
    for (var rule : rules) {
      try {
        if (rule.when().holds(inquiry)) {
          found.add(Finding.of(NAME, rule.then(), rule.clause(), "custom", Map.of()));
        }
      } catch (RuntimeException broken) {
        var failure = Map.of("failure", broken.getClass().getSimpleName());
        found.add(Finding.of(NAME, Verdict.DENY, rule.clause(), "check-failed", failure));
      }
    }
    return found.isEmpty() ? List.of(Finding.permit(NAME)) : found;
  }
}
