package baton.agents.model;

/// A model gave no answer that can be used.
public final class Unanswered extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String factor;

  /// @param factor why, as `time-out`: it goes into the record, and is never text of a conversation
  public Unanswered(String factor) {
    super(factor);
    this.factor = factor;
  }

  public String factor() {
    return factor;
  }
}
