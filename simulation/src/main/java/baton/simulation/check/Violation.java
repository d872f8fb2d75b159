package baton.simulation.check;

/// A property of [Checker]s does not hold.
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1;

  /// @param words which property, and what was seen instead
  Violation(String words) {
    super(words);
  }

  static void require(boolean holds, String words) {
    if (!holds) throw new Violation(words);
  }
}
