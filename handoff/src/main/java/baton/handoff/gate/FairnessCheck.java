package baton.handoff.gate;

import baton.handoff.Role;
import baton.handoff.action.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Hard limits on outreach intensity and differential treatment. They override every other signal:
/// no right and no approval lifts them.
final class FairnessCheck {
  private static final String NAME = "fairness";

  private FairnessCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    if (inquiry.proposal().role().equals(Role.ENGINE)) return List.of(Finding.permit(NAME));
    var action = inquiry.proposal().action();
    var found = new ArrayList<Finding>(1);
    for (var rule : inquiry.policy().fairness().getOrDefault(inquiry.kind(), List.of())) {
      var counted = inquiry.state().counted();
      long measured =
          switch (rule.measure()) {
            case "unanswered" -> {
              boolean first = action instanceof Action.Spoken && counted.of("voiced") == 0;
              yield counted.of("unanswered") + (first ? 1 : 0);
            }
            case "attempts" ->
                inquiry.now().standing().attempts()
                    + (action instanceof Action.InitiateContact ? 1L : 0L);
            case "percent" -> action instanceof Action.Concede(_, var percent) ? percent : 0;
            default -> Long.MAX_VALUE; // a measure this kernel does not know permits nothing
          };
      if (measured <= rule.atMost()) continue;
      String code = rule.measure().equals("percent") ? "unequal" : "too-intense";
      found.add(
          Finding.of(
              NAME,
              Verdict.DENY,
              rule.clause(),
              code,
              Map.of("measure", rule.measure(), "limit", Long.toString(rule.atMost()))));
    }
    return found.isEmpty() ? List.of(Finding.permit(NAME)) : found;
  }
}
