package baton.handoff.gate;

import baton.handoff.Lease;
import baton.handoff.Role;
import baton.handoff.policy.Clause;
import java.util.List;
import java.util.Map;

/// Does the proposing role hold the conversation, under the epoch it was asked in? The engine
/// itself needs no lease: its mandate is the policy's fixed lines.
final class LeaseCheck {
  private static final String NAME = "lease";
  private static final List<Finding> HOLDS = List.of(Finding.permit(NAME));

  private LeaseCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var proposal = inquiry.proposal();
    var role = proposal.role();
    if (role.equals(Role.ENGINE)) return HOLDS;
    var lease = inquiry.state().lease();
    boolean holds =
        switch (lease) {
          case Lease.Held(var holder, _) -> holder.equals(role);
          case Lease.WithHuman _ -> role.equals(Role.HUMAN);
          case Lease.Passing _, Lease.Nobody _ -> false;
        };
    if (!holds) return denied("not-holder", Map.of("role", role.name()));
    if (proposal.epoch() != lease.epoch()) {
      return denied(
          "stale-epoch",
          Map.of(
              "epoch", Long.toString(proposal.epoch()),
              "current", Long.toString(lease.epoch())));
    }
    return HOLDS;
  }

  private static List<Finding> denied(String code, Map<String, String> details) {
    return List.of(Finding.of(NAME, Verdict.DENY, Clause.ENGINE, code, details));
  }
}
