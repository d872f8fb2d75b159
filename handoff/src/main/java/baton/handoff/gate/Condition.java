package baton.handoff.gate;

/// A custom condition of a policy, compiled. It reads the inquiry and nothing else.
@FunctionalInterface
public interface Condition {
  /// Whether the condition holds. A condition that throws counts as a denial.
  boolean holds(Inquiry inquiry);
}
