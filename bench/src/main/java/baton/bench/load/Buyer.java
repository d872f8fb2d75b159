package baton.bench.load;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/// Leads one conversation after the other, each to its end, and thinks as long as it is told to.
public final class Buyer implements Runnable {
  private final String name;
  private final Door door;
  private final Manner manner;
  private final Times times;
  private final SplittableRandom chance;
  private volatile boolean stopped;
  private volatile String last;

  /// How a buyer talks.
  ///
  /// @param messages in one conversation
  /// @param thinks before each of them, give or take a half
  /// @param handOffs whether steps that are answered by a hand-off are timed too
  public record Manner(int messages, Duration thinks, boolean handOffs) {
    /// Workload W: twelve steps without a pause.
    public static final Manner AT_ONCE = new Manner(QuickAgent.STEPS, Duration.ZERO, true);
  }

  /// @param seed of how long it thinks
  Buyer(String name, long seed, Door door, Manner manner, Times times) {
    this.name = name;
    this.door = door;
    this.manner = manner;
    this.times = times;
    this.chance = new SplittableRandom(seed);
  }

  /// Ends with the step that is under way.
  void stop() {
    stopped = true;
  }

  /// The last conversation that went to its end.
  Optional<String> last() {
    return Optional.ofNullable(last);
  }

  @Override
  public void run() {
    try {
      for (int i = 0; !stopped; i++) converse(name + "-" + i);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      times.failed(name + ": " + failure.getMessage());
    }
  }

  private void converse(String conversation) throws Exception {
    think();
    try (var talk = door.open(conversation)) {
      times.opened();
      for (int message = 1; message <= manner.messages; message++) {
        think();
        if (stopped) return;
        long began = System.nanoTime();
        talk.say(message);
        if (manner.handOffs || !QuickAgent.passesOn(message)) times.step(System.nanoTime() - began);
      }
    }
    last = conversation;
  }

  private void think() throws InterruptedException {
    long ms = manner.thinks.toMillis();
    if (ms > 0) Thread.sleep(ms / 2 + chance.nextLong(ms));
  }
}
