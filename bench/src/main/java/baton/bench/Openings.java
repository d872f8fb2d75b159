package baton.bench;

import baton.bench.load.Door;
import baton.bench.load.Plan;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Conversations that are opened, taken one step on, and left.
final class Openings {
  private static final int AT_A_TIME = 64;

  private Openings() {}

  /// Something to do with one conversation.
  interface Act {
    void of(String conversation) throws Exception;
  }

  static List<String> names(String prefix, int count) {
    var own = prefix + Long.toString(System.nanoTime(), 36);
    return IntStream.range(0, count).mapToObj(i -> own + "-" + i).toList();
  }

  static void open(Plan plan, String name, Door door, List<String> conversations) throws Exception {
    var opened = new AtomicInteger();
    each(
        conversations,
        AT_A_TIME,
        conversation -> {
          try (var talk = door.open(conversation)) {
            talk.say(1);
          }
          plan.tell()
              .accept(
                  "%s: %,d of %,d conversations are opened"
                      .formatted(name, opened.incrementAndGet(), conversations.size()));
        });
  }

  /// @param atATime how many are under way at once
  static void each(List<String> conversations, int atATime, Act act) throws Exception {
    var places = new Semaphore(atATime);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done =
          conversations.stream()
              .map(conversation ->
                  threads.submit(() -> {
                    places.acquire();
                    try {
                      act.of(conversation);
                    } finally {
                      places.release();
                    }
                    return conversation;
                  }))
              .toList();
      for (var one : done) one.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }
}
