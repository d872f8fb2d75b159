package baton.persistence.vault;

/// A text and whose it is.
///
/// @param clear the text before it is sealed
public record Personal(String subject, String clear) {
  /// The text stays out of logs.
  @Override
  public String toString() {
    return "Personal[" + subject + "]";
  }
}
