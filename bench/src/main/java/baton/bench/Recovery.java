package baton.bench;

import baton.bench.load.Ground;
import baton.bench.load.InsideDoor;
import baton.bench.load.Plan;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import java.util.List;
import java.util.function.Consumer;

/// How many conversations a second an engine takes up that has just been started again: each is
/// told once more what it was told last, which it has to know and which changes nothing.
final class Recovery {
  private static final int CONVERSATIONS = 4_000;
  private static final int AT_A_TIME = 256;

  private Recovery() {}

  static void run(Plan plan, Consumer<Result> results) throws Exception {
    for (int conversations : plan.conversations(CONVERSATIONS)) {
      results.accept(result(plan, conversations));
    }
  }

  private static Result result(Plan plan, int conversations) throws Exception {
    try (var ground = Ground.open(plan)) {
      var names = Openings.names("r", conversations);
      try (var node = ground.engine()) {
        Openings.open(plan, "recovery", InsideDoor.counting(node.ports()), names);
      }
      plan.tell().accept("recovery: starting the engine again");
      long began = System.nanoTime();
      try (var node = ground.engine()) {
        double start = (System.nanoTime() - began) / 1e9;
        plan.tell().accept("recovery: " + conversations + " conversations are taken up");
        var door = InsideDoor.counting(node.ports());
        long ready = System.nanoTime();
        Openings.each(names, AT_A_TIME, name -> door.repeat(name, 1));
        double seconds = (System.nanoTime() - ready) / 1e9;
        return Result.of(
                "recovery",
                conversations + " conversations, " + AT_A_TIME + " asked for at a time",
                List.of(
                    Figure.of(Measure.RECOVERY, "taken up", conversations / seconds),
                    Figure.of("the engine's own start, in a warm process", start, "s")))
            .noted("each has one step behind it, and was told again what it was told last");
      }
    }
  }
}
