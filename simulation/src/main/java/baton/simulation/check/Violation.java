package baton.simulation.check;

import java.util.function.Supplier;

/// A property of [Checker]s does not hold.
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1;

  /// @param words which property, and what was seen instead
  Violation(String words) {
    super(words);
  }

  /// @param words made only where they are needed
  static void require(boolean holds, Supplier<String> words) {
    if (!holds) throw new Violation(words.get());
  }
}
