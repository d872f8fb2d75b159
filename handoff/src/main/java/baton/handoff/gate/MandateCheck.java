package baton.handoff.gate;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.policy.Clause;
import java.util.List;
import java.util.Map;

/// Is this kind of action granted to the role? What is not granted is denied; what is prohibited
/// stays prohibited, whatever else grants it.
final class MandateCheck {
  private static final String NAME = "mandate";

  private MandateCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var role = inquiry.proposal().role();
    return role.equals(Role.ENGINE) ? engine(inquiry) : role(inquiry, role);
  }

  private static List<Finding> role(Inquiry inquiry, Role role) {
    String kind = inquiry.kind();
    var details = Map.of("role", role.name(), "kind", kind);
    var mandate = inquiry.policy().mandates().get(role);
    if (mandate == null) return denied(Clause.ENGINE, "mandate-missing", details);
    var prohibition = mandate.never().get(kind);
    if (prohibition != null) return denied(prohibition, "prohibited", details);
    var grant = mandate.may().get(kind);
    if (grant == null) return denied(Clause.ENGINE, "not-granted", details);
    return List.of(Finding.permit(NAME, grant));
  }

  /// The engine speaks the lines that the policy gave it, and closes.
  private static List<Finding> engine(Inquiry inquiry) {
    return switch (inquiry.proposal().action()) {
      case Action.Speak(Words.Line(var name), _) -> {
        var line = inquiry.policy().lines().get(name);
        yield line != null && line.engine()
            ? List.of(Finding.permit(NAME, line.clause()))
            : denied(Clause.ENGINE, "unknown-line", Map.of("line", name));
      }
      case Action.Close _ -> List.of(Finding.permit(NAME));
      case Action other ->
          denied(Clause.ENGINE, "not-granted", Map.of("role", "engine", "kind", other.kind()));
    };
  }

  private static List<Finding> denied(Clause clause, String code, Map<String, String> details) {
    return List.of(Finding.of(NAME, Verdict.DENY, clause, code, details));
  }
}
