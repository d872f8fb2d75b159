package baton.handoff;

import baton.handoff.policy.Policy.SafeState;
import java.time.Instant;
import java.util.List;

/// Who may propose now, and the number that fences everybody else. Every change raises the epoch.
public sealed interface Lease {
  long epoch();

  record Held(Role role, long epoch) implements Lease {}

  /// Between two holders: the old one is revoked, the new one has not accepted. Nobody may act.
  ///
  /// @param transition the policy clause it rests on
  /// @param contract names of the facts that the next holder is given
  /// @param answerBy when it counts as refused
  record Passing(
      Role from,
      Role to,
      long epoch,
      String transition,
      List<String> contract,
      SafeState otherwise,
      Instant answerBy)
      implements Lease {
    public Passing {
      contract = List.copyOf(contract);
    }
  }

  /// @param from the role to which a hand-back goes
  record WithHuman(String operator, Role from, long epoch) implements Lease {}

  record Nobody(String reason, Role from, long epoch) implements Lease {}
}
