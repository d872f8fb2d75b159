package baton.bench;

import baton.bench.load.Ground;
import baton.bench.load.InsideDoor;
import baton.bench.load.Machine;
import baton.bench.load.Plan;
import baton.bench.load.Yardstick;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import java.util.List;
import java.util.function.Consumer;

/// How many conversations a second an engine takes up that has just been started again: each is
/// told once more what it was told last, which it has to know and which changes nothing.
final class Recovery {
  private static final int CONVERSATIONS = 4_000;
  private static final int AT_A_TIME = 64;

  private Recovery() {}

  static void run(Plan plan, Consumer<Result> results) throws Exception {
    for (int conversations : plan.conversations(CONVERSATIONS)) {
      var names = Openings.names("r", conversations);
      Ground.several(plan, (there, _) -> results.accept(result(there, names)));
    }
  }

  private static Result result(Plan plan, List<String> names) throws Exception {
    try (var ground = Ground.open(plan);
        var node = ground.engine()) {
      Openings.open(plan, "recovery", InsideDoor.counting(node.ports()), names);
    }
    try (var ground = Ground.open(plan);
        var node = ground.engine()) {
      var yardstick = Yardstick.of(plan, "recovery", ground.storage(), Steps.YARDSTICK_CLIENTS);
      plan.tell().accept("recovery: " + names.size() + " conversations are taken up");
      var door = InsideDoor.counting(node.ports());
      var watch = Machine.watch(ground.postmaster());
      long began = System.nanoTime();
      Openings.each(names, AT_A_TIME, name -> door.repeat(name, 1));
      double seconds = (System.nanoTime() - began) / 1e9;
      return Result.of(
              "recovery",
              names.size() + " conversations, " + AT_A_TIME + " asked for at a time",
              List.of(
                  Figure.of(Measure.RECOVERY, "taken up", names.size() / seconds)
                      .over(yardstick.rows())))
          .beside(Steps.words(yardstick))
          .on(watch.get())
          .noted("each has a step behind it, and was told again what it was told last");
    }
  }
}
