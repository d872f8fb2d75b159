package baton.handoff.port;

/// Somebody has ordered something else since what an operator had seen: nothing was changed.
public final class Overtaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Overtaken() {
    super("somebody has changed this since it was looked at", null, false, false);
  }
}
