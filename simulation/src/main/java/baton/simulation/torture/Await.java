package baton.simulation.torture;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Looks again and again for what other processes do in their own time.
final class Await {
  private static final long AGAIN_NANOS = 100_000_000;

  private Await() {}

  /// @return whether it came true in time
  static boolean until(Duration max, BooleanSupplier holds) {
    long deadline = System.nanoTime() + max.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) return false;
      LockSupport.parkNanos(AGAIN_NANOS);
    }
    return true;
  }

  static void pass(long millis) {
    long deadline = System.nanoTime() + millis * 1_000_000;
    for (long left = millis * 1_000_000; left > 0; left = deadline - System.nanoTime()) {
      if (Thread.currentThread().isInterrupted()) return;
      LockSupport.parkNanos(left);
    }
  }
}
