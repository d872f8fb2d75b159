package baton.bench;

import baton.bench.load.Buyer;
import baton.bench.load.Ground;
import baton.bench.load.InsideDoor;
import baton.bench.load.Plan;
import baton.bench.load.Server;
import baton.bench.load.Stretch;
import baton.bench.load.Yardstick;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The engine's share of a voice turn: callers speak, hear the first sentence, and speak again
/// about a second later. The model's time is not in it, for its agent does not think.
final class Voice {
  private static final int CALLERS = 64;
  private static final Duration THINKS = Duration.ofSeconds(1);

  private Voice() {}

  static void run(Plan plan, Consumer<Result> results) throws Exception {
    try (var ground = Ground.open(plan);
        var node = ground.engine()) {
      var door = InsideDoor.counting(node.ports());
      Stretch.warmUp(plan, "voice", door, CALLERS);
      var beside =
          Optional.of(new Stretch.Beside(new Server(ground.storage()), ground.postmaster()));
      for (int callers : plan.conversations(CALLERS)) {
        var manner = new Buyer.Manner(Buyer.Manner.AT_ONCE.messages(), THINKS, false);
        var stretch = Stretch.of(plan, "voice, " + callers, door, callers, manner, beside);
        var yardstick = Yardstick.of(plan, "voice", ground.storage(), 1);
        results.accept(result(stretch, yardstick));
      }
    }
  }

  private static Result result(Stretch stretch, Yardstick.Rate yardstick) {
    var times = stretch.times();
    double p99 = times.below(990);
    return new Result(
        "voice",
        stretch.conversations() + " callers, who speak a second after they were answered",
        List.of(
            Figure.of("turn p50", times.below(500), "ms"),
            (stretch.conversations() == CALLERS
                    ? Figure.of(Measure.VOICE, "turn p99", p99)
                    : Figure.of("turn p99", p99, "ms"))
                .over(yardstick.ms()),
            Figure.of("turns", times.steps() / stretch.seconds(), "turns/s")),
        Optional.of(Steps.row(yardstick)),
        Optional.of(Steps.spread(stretch)),
        stretch.machine(),
        List.of("from the utterance to the outcome of the sentence that answers it, both durable"),
        Steps.wrong(stretch));
  }
}
