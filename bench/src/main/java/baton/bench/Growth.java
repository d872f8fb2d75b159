package baton.bench;

import baton.bench.load.Buyer;
import baton.bench.load.Ground;
import baton.bench.load.InsideDoor;
import baton.bench.load.Plan;
import baton.bench.load.Stretch;
import baton.bench.report.Figure;
import baton.bench.report.Result;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What conversations that wait for their buyer cost those that do not, as their number grows: what
/// the active ones get done, memory, and how an engine starts that has all of them.
final class Growth {
  private static final int ACTIVE = 64;
  private static final int RECOVERED_MAX = 4_000;

  private Growth() {}

  static void run(Plan plan, Consumer<Result> results) throws Exception {
    for (int conversations : plan.conversations(1_000, 10_000, 100_000)) {
      Ground.several(plan, (there, _) -> results.accept(result(there, conversations)));
    }
  }

  /// What is seen while all are open.
  private record Opened(double perSecond, double heapBytes, Stretch stretch) {}

  private static Result result(Plan plan, int conversations) throws Exception {
    var names = Openings.names("g", conversations);
    Opened opened;
    try (var ground = Ground.open(plan);
        var node = ground.engine()) {
      opened = opened(plan, names, InsideDoor.counting(node.ports()));
    }
    try (var ground = Ground.open(plan)) {
      long began = System.nanoTime();
      try (var node = ground.engine()) {
        double start = (System.nanoTime() - began) / 1e9;
        var sample = names.subList(0, Math.min(RECOVERED_MAX, names.size()));
        var door = InsideDoor.counting(node.ports());
        plan.tell().accept("growth: " + sample.size() + " conversations are taken up");
        began = System.nanoTime();
        Openings.each(sample, ACTIVE, name -> door.repeat(name, 1));
        double recovered = sample.size() * 1e9 / (System.nanoTime() - began);
        return result(conversations, opened, start, recovered);
      }
    }
  }

  private static Opened opened(Plan plan, List<String> names, InsideDoor door) throws Exception {
    Stretch.warmUp(plan, "growth", door, ACTIVE);
    long before = IdleHeap.used(plan);
    long began = System.nanoTime();
    Openings.open(plan, "growth", door, names);
    double perSecond = names.size() * 1e9 / (System.nanoTime() - began);
    double heap = IdleHeap.used(plan) - before;
    var stretch =
        Stretch.of(
            plan, "growth, " + names.size(), door, ACTIVE, Buyer.Manner.AT_ONCE, Optional.empty());
    return new Opened(perSecond, heap, stretch);
  }

  private static Result result(int conversations, Opened opened, double start, double recovered) {
    var stretch = opened.stretch;
    var figures =
        List.of(
            Figure.of("opened", opened.perSecond, "conversations/s"),
            Figure.of("steps of those active", stretch.stepsPerSecond(), "steps/s"),
            Figure.of("their step p99", stretch.times().below(990), "ms"),
            Figure.of("heap of all that wait", opened.heapBytes / 1048576, "MB"),
            Figure.of("engine started again", start, "s"),
            Figure.of("then taken up", recovered, "conversations/s"));
    return new Result(
        "growth",
        "%,d conversations that wait, %d that do not".formatted(conversations, ACTIVE),
        figures,
        Optional.empty(),
        Optional.of(Steps.spread(stretch)),
        stretch.machine(),
        List.of("who waits leaves the memory after two minutes"),
        Steps.wrong(stretch));
  }
}
