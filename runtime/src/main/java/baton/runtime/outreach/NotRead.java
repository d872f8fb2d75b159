package baton.runtime.outreach;

/// A file that cannot be read, or not to its end, in one line that says what to do. What was added
/// before that stays.
public final class NotRead extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotRead(String line, long added) {
    super(
        line
            + (added == 0
                ? "; nothing was added"
                : "; the "
                    + added
                    + " leads before it were added: put it right and send the whole file again"),
        null,
        false,
        false);
  }
}
