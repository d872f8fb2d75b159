package baton.simulation.cli;

/// What was given cannot be used; says what to do, in one line for each mistake.
@SuppressWarnings("serial") // never leaves this package
final class Unfit extends Exception {
  Unfit(String message) {
    super(message);
  }
}
