package baton.persistence.db;

/// The data folder or database cannot be used as it is. The message is one line that says what to
/// do; nothing was changed.
public final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unusable(String message) {
    super(message);
  }

  Unusable(String message, Throwable cause) {
    super(message, cause);
  }
}
