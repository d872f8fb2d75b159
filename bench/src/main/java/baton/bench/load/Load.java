package baton.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Buyers at a door, each on a thread of its own, until they are told to stop.
public final class Load {
  private static final Duration STOP_MAX = Duration.ofSeconds(40);

  private record Running(Buyer buyer, Thread thread) {}

  private final List<Running> running = new ArrayList<>();

  private Load() {}

  public static Load start(Door door, int buyers, Buyer.Manner manner, Times times) {
    var load = new Load();
    var name = "w" + Long.toString(System.nanoTime(), 36);
    for (int i = 0; i < buyers; i++) {
      var buyer = new Buyer(name + "-" + i, i, door, manner, times);
      load.running.add(new Running(buyer, Thread.ofVirtual().start(buyer)));
    }
    return load;
  }

  /// @return of each buyer the last conversation that went to its end
  public List<String> stop() throws InterruptedException {
    for (var one : running) one.buyer.stop();
    long end = System.nanoTime() + STOP_MAX.toNanos();
    for (var one : running) {
      if (!one.thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        one.thread.interrupt();
      }
    }
    return running.stream().flatMap(one -> one.buyer.last().stream()).toList();
  }
}
