package baton.simulation.torture;

import baton.runtime.cli.Subcommand;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./baton torture`
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description = {
      "Starts real nodes and a database, kills, freezes and cuts them off while a crowd talks with"
          + " them, and judges what is left. A long run is judged piece by piece.",
      "The exit status is 0 only where no property is violated."
    })
public final class TortureCommand implements Subcommand {
  private static final int MINUTES_MAX = 24 * 60;
  private static final int NODES_MAX = 9;
  private static final Duration READY_MAX = Duration.ofSeconds(90);
  private static final int BUYERS = 24;
  private static final int PACE_MILLIS = 250;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long faults go on (default: 2). Healing and judging come after it.")
  private int minutes = 2;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Faults and what is said follow from it (default: 1).")
  private long seed = 1;

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes (default: 3).")
  private int nodes = 3;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes a report to look at, as HTML.")
  private Path report;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (minutes < 1 || minutes > MINUTES_MAX) return unfit("--minutes is 1 to " + MINUTES_MAX);
    if (nodes < 2 || nodes > NODES_MAX) return unfit("--nodes is 2 to " + NODES_MAX);
    if (report != null && !Files.isDirectory(report.toAbsolutePath().getParent())) {
      return unfit("cannot write " + report + "; name a file in a folder that is there");
    }
    quiet();
    var plan =
        new Plan(
            seed,
            nodes,
            Duration.ofMinutes(minutes),
            1,
            READY_MAX,
            Stream.of(Fault.Kind.values()).filter(Fault.Kind::isPossible).toList(),
            BUYERS,
            PACE_MILLIS);
    var folder = Files.createTempDirectory("baton-torture-");
    return torture(plan, folder);
  }

  private int torture(Plan plan, Path folder) throws IOException {
    var told = new Summary(plan, spec.commandLine().getOut(), spec.commandLine().getErr());
    told.plan();
    var torture = new Torture(plan, folder, told::news);
    // Ctrl-C: what it started ends before it does.
    var end =
        Thread.ofPlatform()
            .unstarted(() -> {
              torture.close();
              if (torture.isClean()) Torture.delete(folder);
              else told.line("Kept", folder + " (history, logs, database)");
            });
    Runtime.getRuntime().addShutdownHook(end);
    Result result;
    try {
      result = torture.run();
    } catch (Unmet unmet) {
      told.broken(unmet.getMessage());
      if (!torture.isClosed()) told.line("Kept", folder + " (logs)");
      return 1;
    } finally {
      torture.close();
      removeHook(end);
    }
    told.result(result);
    if (report != null) {
      Files.writeString(report, Page.html(result), StandardCharsets.UTF_8);
      told.line("Report", report.toString());
    }
    if (!result.violations().isEmpty()) {
      told.line("Kept", folder + " (history, logs, database)");
      return 1;
    }
    Torture.delete(folder);
    return 0;
  }

  private static void removeHook(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException ending) {
      // It has begun.
    }
  }

  private int unfit(String line) {
    spec.commandLine().getErr().println("baton: " + line);
    return 2;
  }

  /// What goes wrong here is meant to, and no news.
  private static void quiet() {
    ((LoggerContext) LoggerFactory.getILoggerFactory())
        .getLoggerList()
        .forEach(logger -> logger.setLevel(Level.OFF));
  }
}
