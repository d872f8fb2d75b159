package baton.handoff.gate;

/// What the gate says, from the mildest to the strictest. The strictest finding wins.
public enum Verdict {
  PERMIT,
  DEFER,
  ESCALATE,
  DENY;

  public Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
