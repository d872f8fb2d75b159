package baton.simulation.check;

import baton.simulation.history.Occurrence;

/// One property that must hold of every history. It sees each occurrence once, in order, and keeps
/// no more of them than it needs.
public interface Checker {
  /// @throws Violation where the property does not hold any more
  void see(Occurrence occurrence);

  /// The history is over and faults have healed: what was owed must have been done.
  ///
  /// @throws Violation where it has not
  default void end() {}
}
