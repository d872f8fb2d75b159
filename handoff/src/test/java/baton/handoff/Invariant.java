package baton.handoff;

import baton.handoff.History.Moment;

/// What must hold after every step of every history.
@FunctionalInterface
interface Invariant {
  /// @throws AssertionError where it does not hold
  void check(Moment moment);

  static void require(boolean holds, String words) {
    if (!holds) throw new AssertionError(words);
  }
}
