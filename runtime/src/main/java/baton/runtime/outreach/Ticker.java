package baton.runtime.outreach;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the planner do what is due, again and again, on a thread of its own.
public final class Ticker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("outreach").daemon().factory());
  private boolean away;

  /// @param turn whether it is this node's to do
  public void start(Planner planner, BooleanSupplier turn) {
    thread.scheduleWithFixedDelay(
        () -> {
          if (turn.getAsBoolean()) tick(planner);
        },
        EVERY.toMillis(),
        EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void tick(Planner planner) {
    try {
      planner.tick();
      if (away) LOG.info("outreach goes on");
      away = false;
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException outage) {
      if (!away) LOG.warn("outreach waits: {}", outage.getClass().getName());
      away = true;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
