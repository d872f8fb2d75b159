package baton.simulation.history;

/// A file that is no history. The message names the line and says what to do.
public final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unreadable(long line, String what) {
    super("line " + line + ": " + what, null, false, false);
  }
}
