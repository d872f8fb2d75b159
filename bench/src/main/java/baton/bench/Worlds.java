package baton.bench;

import baton.bench.load.Machine;
import baton.bench.load.Plan;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import baton.simulation.world.Trials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The simulator's worlds, one seed after another: commands decided a second, with a checker for
/// each invariant looking on.
final class Worlds {
  private static final long SEEDS_AT_ONCE = 5;

  private Worlds() {}

  static void run(Plan plan, Consumer<Result> results) {
    var warm = play(plan, plan.warmUp(), 1, "worlds: warming up");
    var watch = Machine.watch(Machine.NO_DATABASE);
    var measured = play(plan, plan.measure(), 1 + warm.seeds, "worlds: measuring");
    results.accept(
        Result.of(
                "worlds",
                measured.seeds + " worlds in which everything may go wrong, on one processor",
                List.of(
                    Figure.of(
                        Measure.WORLDS, "commands decided", measured.steps / measured.seconds),
                    Figure.of("worlds", measured.seeds / measured.seconds, "worlds/s")))
            .on(watch.get())
            .wrong(measured.failures));
  }

  private record Played(long seeds, long steps, double seconds, List<String> failures) {}

  private static Played play(Plan plan, Duration duration, long from, String doing) {
    long began = System.nanoTime();
    long seeds = 0;
    long steps = 0;
    var failures = new ArrayList<String>();
    do {
      var report =
          Trials.run(
              from + seeds,
              SEEDS_AT_ONCE,
              so -> plan.tell().accept(doing + ", " + so.steps() + " commands"));
      seeds += report.seeds();
      steps += report.steps();
      report
          .failures()
          .forEach(failed -> failures.add("seed " + failed.seed() + ": " + failed.words()));
    } while (System.nanoTime() - began < duration.toNanos());
    return new Played(seeds, steps, (System.nanoTime() - began) / 1e9, failures);
  }
}
