package baton.simulation.explore;

import java.util.function.Supplier;

/// Takes the steps that are possible in a world, one by one, always in the same order.
@FunctionalInterface
interface Moves {
  /// Nobody's in particular: the outside world's.
  int OUTSIDE = -1;

  /// @param node who does it, 0 or 1, or [#OUTSIDE]
  /// @param deed what is done, for a transcript
  /// @param broken which property it breaks and how; empty where none
  void next(int node, World world, Supplier<String> deed, String broken);

  default void next(int node, World world, Supplier<String> deed) {
    next(node, world, deed, "");
  }
}
