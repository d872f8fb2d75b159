package baton.bench;

import baton.bench.load.Ground;
import baton.bench.load.InsideDoor;
import baton.bench.load.Plan;
import baton.bench.load.Serving;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// How long `./baton serve` takes on a folder that was used before, from the start of its process
/// until it says that it is ready. The launcher's own part, a few hundredths of a second where
/// nothing has to be built, is not in it.
final class Starts {
  private static final int CONVERSATIONS = 1_000;
  private static final int STARTS = 3;

  private Starts() {}

  static void run(Plan plan, Consumer<Result> results) throws Exception {
    Ground.several(plan, (there, folder) -> results.accept(result(measured(there, folder))));
  }

  private static List<Double> measured(Plan plan, Path folder) throws Exception {
    try (var ground = Ground.open(plan);
        var node = ground.engine()) {
      var door = InsideDoor.counting(node.ports());
      Openings.open(plan, "start", door, Openings.names("s", CONVERSATIONS));
    }
    var seconds = new ArrayList<Double>();
    for (int i = 1; i <= STARTS; i++) {
      plan.tell().accept("start: " + i + " of " + STARTS);
      seconds.add(serve(plan, folder));
    }
    return seconds;
  }

  private static Result result(List<Double> seconds) {
    var sorted = seconds.stream().sorted().toList();
    return Result.of(
            "start",
            "serve on a folder with " + CONVERSATIONS + " conversations, " + STARTS + " times",
            List.of(
                Figure.of(Measure.START, "ready, median", sorted.get(sorted.size() / 2)),
                Figure.of("the slowest", sorted.getLast(), "s")))
        .noted("from the start of the process; the launcher's own part is not in it");
  }

  private static double serve(Plan plan, Path folder) throws IOException, InterruptedException {
    try (var serving = Serving.start(plan, folder, "", List.of())) {
      return serving.seconds();
    }
  }
}
