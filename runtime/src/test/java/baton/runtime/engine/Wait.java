package baton.runtime.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Looks again and again, up to a deadline, for what another process does in its own time.
public final class Wait {
  private static final long AGAIN_NANOS = 20_000_000;

  private Wait() {}

  public static void until(Duration max, String what, BooleanSupplier holds) {
    upTo(max, what, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  public static <T> T upTo(Duration max, String what, Supplier<Optional<T>> look) {
    return upTo(max, () -> what, look);
  }

  /// @param what is read only when it has not come true
  public static <T> T upTo(Duration max, Supplier<String> what, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + max.toNanos();
    while (true) {
      var seen = look.get();
      if (seen.isPresent()) return seen.get();
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + max.toSeconds() + " s: " + what.get());
      }
      LockSupport.parkNanos(AGAIN_NANOS);
    }
  }
}
