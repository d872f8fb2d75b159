package baton.persistence.policy;

/// One thing that is wrong with a policy document, where, and what to do about it.
///
/// @param line from 1
/// @param column from 1
/// @param message one line
public record Problem(String file, int line, int column, String message) {
  /// The form that editors and terminals can jump to: `file:line:column: message`.
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
