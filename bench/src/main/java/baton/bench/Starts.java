package baton.bench;

import baton.bench.load.Ground;
import baton.bench.load.InsideDoor;
import baton.bench.load.Plan;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// How long `./baton serve` takes on a folder that was used before, from the start of its process
/// until it says that it is ready. The launcher's own part, a few hundredths of a second where
/// nothing has to be built, is not in it.
final class Starts {
  private static final int CONVERSATIONS = 1_000;
  private static final int STARTS = 3;
  private static final long STOP_MAX_SECONDS = 30;

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
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "baton.runtime.Main"));
    command.addAll(List.of("serve", "--port", "0", "--data", folder.toString()));
    plan.db().ifPresent(url -> command.addAll(List.of("--db", url)));
    long began = System.nanoTime();
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      var said = "";
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("Baton is ready")) return (System.nanoTime() - began) / 1e9;
        said = line;
      }
      throw new IOException("serve did not start: " + said);
    } finally {
      process.destroy();
      if (!process.waitFor(STOP_MAX_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }
  }
}
