package baton.runtime.csv;

/// How much of a CSV file is held at a time.
///
/// @param columnsMax cells in a row
/// @param cellMaxChars characters in a cell; a row with a longer one is a bad row
public record Limits(int columnsMax, int cellMaxChars) {
  /// What one row may take before nobody believes that its quotation marks are closed.
  static final int ROW_MAX_CHARS = 256 * 1024;

  public static Limits standard() {
    return new Limits(100, 4_000);
  }
}
