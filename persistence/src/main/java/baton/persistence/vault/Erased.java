package baton.persistence.vault;

/// A subject's data was erased: nothing is sealed for it any more. Whoever erased a buyer decided
/// that nothing more is kept of him, and a fresh key would undo that in silence.
public final class Erased extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Erased(String subject) {
    super("the data of subject " + subject + " was erased: nothing more is kept of it");
  }
}
