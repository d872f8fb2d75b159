package baton.simulation.torture;

/// What must come true did not; it says what.
final class Unmet extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unmet(String words) {
    super(words);
  }
}
