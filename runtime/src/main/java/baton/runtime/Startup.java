package baton.runtime;

import baton.persistence.db.Unusable;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What goes wrong at start-up, as one line that says what to do.
public final class Startup {
  static final Logger LOG = LoggerFactory.getLogger("baton");

  private Startup() {}

  static RuntimeException failure(Throwable failed) {
    var cause = failed;
    while (cause instanceof ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof RuntimeException known
        ? known
        : new IllegalStateException("the engine could not start", cause);
  }

  /// The line for standard error.
  public static String line(Throwable failed) {
    return switch (failed) {
      case Unusable unusable -> unusable.getMessage();
      case Settings.Invalid invalid -> invalid.getMessage();
      case IllegalStateException told when told.getMessage() != null -> told.getMessage();
      default -> "could not start: " + failed.getClass().getSimpleName();
    };
  }
}
