package baton.persistence.codec;

/// Stored bytes that cannot be understood. The message names version, type and place, never the
/// content, and there is no cause for the same reason.
public final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unreadable(String message) {
    super(message, null, false, true);
  }
}
