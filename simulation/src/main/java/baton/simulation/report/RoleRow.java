package baton.simulation.report;

import baton.handoff.gate.Verdict;
import java.util.ArrayList;
import java.util.List;

/// One role's part in a batch.
///
/// @param held conversations that it had at some time: those that ended with it, are still open
///   with it, or went on to end elsewhere
/// @param verdicts decisions on its proposals, in the order of [Verdict]
public record RoleRow(
    String role, long held, long handedOn, long ended, long open, List<Long> verdicts) {
  static RoleRow none(String role) {
    return new RoleRow(role, 0, 0, 0, 0, List.of(0L, 0L, 0L, 0L));
  }

  RoleRow having(Journey journey) {
    boolean isLast = journey.lastHolder().equals(role);
    boolean isOver = !journey.ending().isEmpty();
    return new RoleRow(
        role,
        held + 1,
        handedOn + (isLast ? 0 : 1),
        ended + (isLast && isOver ? 1 : 0),
        open + (isLast && !isOver ? 1 : 0),
        verdicts);
  }

  RoleRow hearing(Verdict verdict) {
    var next = new ArrayList<>(verdicts);
    next.set(verdict.ordinal(), next.get(verdict.ordinal()) + 1);
    return new RoleRow(role, held, handedOn, ended, open, List.copyOf(next));
  }

  public long of(Verdict verdict) {
    return verdicts.get(verdict.ordinal());
  }

  public long decisions() {
    return verdicts.stream().mapToLong(Long::longValue).sum();
  }
}
