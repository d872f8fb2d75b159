package baton.runtime.contacts;

/// A file that was not read to its end, in one line that says where and what to do, and what was
/// taken before.
public final class NotRead extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotRead(String line, ImportReport before) {
    super(
        line + (before.taken() == 0 ? "" : "; the " + before.taken() + " rows before it are taken"),
        null,
        false,
        false);
  }
}
