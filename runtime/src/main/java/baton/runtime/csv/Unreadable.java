package baton.runtime.csv;

/// A file that cannot be read any further, in one line that says where and what to do. It quotes
/// nothing of the file.
public final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unreadable(String line) {
    super(line, null, false, false);
  }
}
