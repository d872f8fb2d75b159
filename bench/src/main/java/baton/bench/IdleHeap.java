package baton.bench;

import baton.bench.load.Ground;
import baton.bench.load.InsideDoor;
import baton.bench.load.Plan;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What a conversation takes of the heap while its buyer is silent: supervisor and one agent. It is
/// the growth from a quarter of the conversations to all of them, so that what the engine has once
/// does not count.
final class IdleHeap {
  private static final int CONVERSATIONS = 8_000;
  private static final int COLLECTIONS = 4;
  private static final Duration CALM = Duration.ofSeconds(2);

  private IdleHeap() {}

  static void run(Plan plan, Consumer<Result> results) throws Exception {
    for (int conversations : plan.conversations(CONVERSATIONS)) {
      try (var ground = Ground.open(plan);
          var node = ground.engine()) {
        var door = InsideDoor.counting(node.ports());
        int quarter = Math.max(1, conversations / 4);
        Openings.open(plan, "idle-heap", door, Openings.names("h", quarter));
        long before = used(plan);
        Openings.open(plan, "idle-heap", door, Openings.names("i", conversations - quarter));
        double bytes = (double) (used(plan) - before) / Math.max(1, conversations - quarter);
        results.accept(
            Result.of(
                "idle-heap",
                conversations + " conversations that wait for their buyer",
                List.of(
                    Figure.of(Measure.IDLE_HEAP, "a conversation", bytes / 1_024),
                    Figure.of("live heap with all of them", used(plan) / 1048576.0, "MB"))));
      }
    }
  }

  /// Bytes that are still there after collections.
  static long used(Plan plan) throws InterruptedException {
    plan.pass(CALM, "idle-heap: waiting until all is calm");
    var memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
