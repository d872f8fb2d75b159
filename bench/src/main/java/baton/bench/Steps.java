package baton.bench;

import baton.bench.load.Buyer;
import baton.bench.load.Door;
import baton.bench.load.Ground;
import baton.bench.load.HttpDoor;
import baton.bench.load.InsideDoor;
import baton.bench.load.Machine;
import baton.bench.load.Plan;
import baton.bench.load.Server;
import baton.bench.load.Stretch;
import baton.bench.load.Yardstick;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import baton.bench.report.Wording;
import baton.runtime.http.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Workload W: durable steps a second, at several numbers of conversations, each beside what the
/// database does for somebody who only writes rows.
final class Steps {
  private static final int MANY = 256;

  /// An engine keeps 256 event streams, a few of them for operators alone.
  private static final int STREAMS = 192;

  static final int YARDSTICK_CLIENTS = 64;

  private Steps() {}

  static void inside(Plan plan, Consumer<Result> results) throws Exception {
    try (var ground = Ground.open(plan);
        var node = ground.engine()) {
      measure(plan, "w", InsideDoor.counting(node.ports()), Optional.of(ground), results);
    }
  }

  static void overHttp(Plan plan, Consumer<Result> results) throws Exception {
    if (plan.engine().isPresent()) {
      var door = HttpDoor.at(plan.engine().get());
      measure(plan, "w-http", door, Optional.empty(), results);
      return;
    }
    try (var ground = Ground.open(plan);
        var node = ground.engine()) {
      var url = "http://127.0.0.1:" + node.port();
      var door = HttpDoor.at(new Plan.Running(url, Tokens.operatorToken(ground.data())));
      measure(plan, "w-http", door, Optional.of(ground), results);
    }
  }

  /// @param ground of the engine; empty where it runs elsewhere
  private static void measure(
      Plan plan, String name, Door door, Optional<Ground> ground, Consumer<Result> results)
      throws Exception {
    var numbers = plan.conversations(1, 64, name.equals("w") ? MANY : STREAMS);
    Stretch.warmUp(plan, name, door, Math.min(64, numbers.stream().max(Integer::compare).get()));
    for (int conversations : numbers) {
      var title = name + ", " + conversations;
      var before = yardstick(plan, title, ground, conversations);
      var beside = ground.map(g -> new Stretch.Beside(new Server(g.storage()), g.postmaster()));
      var stretch = Stretch.of(plan, title, door, conversations, Buyer.Manner.AT_ONCE, beside);
      var after = yardstick(plan, title, ground, conversations);
      results.accept(result(name, stretch, before.map(rate -> rate.and(after.orElseThrow()))));
    }
  }

  private static Optional<Yardstick.Rate> yardstick(
      Plan plan, String name, Optional<Ground> ground, int conversations) throws Exception {
    if (ground.isEmpty()) return Optional.empty();
    int clients = conversations == 1 ? 1 : YARDSTICK_CLIENTS;
    return Optional.of(Yardstick.of(plan, name, ground.get().storage(), clients));
  }

  private static Result result(String name, Stretch stretch, Optional<Yardstick.Rate> yardstick) {
    int n = stretch.conversations();
    boolean isW = name.equals("w");
    var times = stretch.times();
    var steps = figure(isW && n == 1, isW && n == MANY, stretch.stepsPerSecond());
    var p99 = times.below(990);
    var figures =
        List.of(
            yardstick.map(rate -> steps.over(rate.rows())).orElse(steps),
            Figure.of("step p50", times.below(500), "ms"),
            isW && n == MANY
                ? Figure.of(Measure.STEP_P99, "step p99", p99)
                : Figure.of("step p99", p99, "ms"));
    return new Result(
        name,
        (n == 1 ? "1 conversation" : n + " conversations at a time")
            + (isW ? ", in this process" : ", over HTTP"),
        figures,
        yardstick.map(Steps::words),
        Optional.of(spread(stretch)),
        stretch.machine(),
        notes(stretch, yardstick.isPresent()),
        wrong(stretch));
  }

  private static Figure figure(boolean one, boolean many, double perSecond) {
    if (one) return Figure.of(Measure.STEPS_ONE, "governed steps", perSecond);
    if (many) return Figure.of(Measure.STEPS_MANY, "governed steps", perSecond);
    return Figure.of("governed steps", perSecond, "steps/s");
  }

  /// What a yardstick was.
  static String words(Yardstick.Rate rate) {
    return "%s rows/s by %s, %s, one 400-byte row a transaction"
        .formatted(
            Wording.number(rate.rows()),
            rate.by(),
            rate.clients() == 1 ? "1 client" : rate.clients() + " clients");
  }

  /// The same for what is held against the time of one row.
  static String row(Yardstick.Rate rate) {
    return Wording.amount(rate.ms(), "ms") + " a row: " + words(rate);
  }

  static Result.Spread spread(Stretch stretch) {
    var times = stretch.times();
    return new Result.Spread(
        stretch.conversations(),
        times.below(500),
        times.below(900),
        times.below(990),
        times.below(999));
  }

  private static List<String> notes(Stretch stretch, boolean here) {
    var notes = new ArrayList<String>();
    stretch.machine().ifPresent(share -> notes.add(spent(share, stretch.times().steps())));
    if (!stretch.perStep().isEmpty()) notes.add("a step is " + counted(stretch.perStep()));
    if (!here) notes.add("the engine runs elsewhere: it has no yardstick here");
    notes.add(looked(stretch));
    return notes;
  }

  private static String looked(Stretch stretch) {
    if (stretch.whole() == 0) return "no conversation came to its end: measure for longer";
    if (!stretch.wrong().isEmpty()) return "not all conversations went as they should";
    return stretch.whole() == 1
        ? "1 conversation came to its end and went as it should"
        : stretch.whole() + " conversations came to their end and went as they should";
  }

  private static String spent(Machine.Share share, int steps) {
    return "processor time of a step: engine %s, database %s"
        .formatted(us(share.engineSeconds(), steps), us(share.databaseSeconds(), steps));
  }

  private static String us(double seconds, int steps) {
    return steps == 0 ? "–" : Wording.amount(seconds * 1e6 / steps, "µs");
  }

  private static String counted(Map<String, Double> perStep) {
    return perStep.entrySet().stream()
        .map(each -> Wording.number(each.getValue()) + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  /// Where not one conversation came to its end, nothing was seen of it either.
  static List<String> wrong(Stretch stretch) {
    if (!stretch.wrong().isEmpty() || stretch.times().steps() > 0) return stretch.wrong();
    return List.of("no step was made: measure for longer");
  }
}
