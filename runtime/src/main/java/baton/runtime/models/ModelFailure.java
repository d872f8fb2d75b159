package baton.runtime.models;

/// A call to a model that brought no answer. It has no cause, since what others put into a message
/// may be the text of a conversation.
public final class ModelFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  public ModelFailure(Failure failure) {
    super(failure.line());
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
