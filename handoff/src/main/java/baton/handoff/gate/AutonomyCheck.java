package baton.handoff.gate;

import baton.handoff.Role;
import baton.handoff.policy.Clause;
import java.util.List;
import java.util.Map;

/// How far does this action go without a person? It binds machines; an operator is a person.
final class AutonomyCheck {
  private static final String NAME = "autonomy";
  private static final List<Finding> NOT_A_MACHINE = List.of(Finding.permit(NAME));

  private AutonomyCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var role = inquiry.proposal().role();
    if (role.equals(Role.HUMAN) || role.equals(Role.ENGINE)) return NOT_A_MACHINE;
    var autonomy = inquiry.policy().autonomy().get(inquiry.kind());
    var kind = Map.of("kind", inquiry.kind());
    if (autonomy == null) {
      return List.of(Finding.of(NAME, Verdict.DENY, Clause.ENGINE, "autonomy-off", kind));
    }
    return List.of(
        switch (autonomy.level()) {
          case OFF -> Finding.of(NAME, Verdict.DENY, autonomy.clause(), "autonomy-off", kind);
          case BOUNDED -> Finding.permit(NAME, autonomy.clause());
          case ASSIST -> {
            var details = Map.of("kind", inquiry.kind(), "right", autonomy.right());
            yield inquiry.approvedUnder(autonomy.right())
                ? Finding.of(NAME, Verdict.PERMIT, autonomy.clause(), "approved", details)
                : Finding.of(NAME, Verdict.ESCALATE, autonomy.clause(), "autonomy-assist", details);
          }
        });
  }
}
