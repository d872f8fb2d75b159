package baton.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// How long and against what is measured.
///
/// @param conversations at a time, one measurement each; empty for what is usual
/// @param db a JDBC URL; empty for an own PostgreSQL
/// @param data the folder of the engine; empty for a new one that is removed afterwards
/// @param engine one that runs already; empty for one that is started here
/// @param tell is told what is going on
public record Plan(
    List<Integer> conversations,
    Duration warmUp,
    Duration measure,
    Optional<String> db,
    Optional<Path> data,
    Optional<Running> engine,
    Consumer<String> tell) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /// An engine elsewhere.
  ///
  /// @param token the operator's
  public record Running(String url, String token) {}

  /// The same in a folder that is kept.
  public Plan in(Path folder) {
    return new Plan(conversations, warmUp, measure, db, Optional.of(folder), engine, tell);
  }

  /// The same in so much of the time.
  public Plan within(Duration time) {
    return new Plan(conversations, warmUp, time, db, data, engine, tell);
  }

  public List<Integer> conversations(Integer... usual) {
    return conversations.isEmpty() ? List.of(usual) : conversations;
  }

  /// Lets time pass, and says how much is left of it.
  public void pass(Duration duration, String doing) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      tell.accept(doing + ", " + Math.ceilDiv(left, 1_000_000_000L) + " s left");
      Thread.sleep(Duration.ofNanos(Math.min(left, LOOK_EVERY.toNanos())));
    }
  }
}
