package baton.bench;

import baton.bench.load.Plan;
import baton.bench.load.Unfit;
import baton.bench.report.Json;
import baton.bench.report.Lines;
import baton.bench.report.Page;
import baton.bench.report.Result;
import baton.bench.report.Setup;
import baton.persistence.db.Unusable;
import baton.runtime.cli.Progress;
import baton.runtime.cli.Subcommand;
import baton.runtime.http.Tokens;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton bench [WORKLOAD…]`
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how fast it is, beside a yardstick, and holds it against its targets.",
      "The exit status is 0 where all that was measured went as it should, fast or slow."
    },
    footerHeading = "%nWorkloads:%n")
public final class BenchCommand implements Subcommand {
  private static final int CONVERSATIONS_MAX = 100_000;
  private static final Duration MEASURE_MAX = Duration.ofHours(1);

  @Parameters(
      arity = "0..*",
      paramLabel = "WORKLOAD",
      description = "What to measure (default: everything, a quarter of an hour).")
  private List<String> names = List.of();

  @Option(
      names = "--conversations",
      paramLabel = "N",
      split = ",",
      description =
          "How many at a time, such as 1,64,256 (default: what each workload's targets say).")
  private List<Integer> conversations = List.of();

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "20s",
      description = "How long before anything counts, such as 500ms, 20s or 2m (default: 20s).")
  private String warmUp;

  @Option(
      names = "--measure",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "How long each measurement takes (default: 30s).")
  private String measure;

  @Option(
      names = "--db",
      paramLabel = "JDBC_URL",
      description =
          "A PostgreSQL to measure on, which is written to (default: an own one, removed"
              + " afterwards).")
  private String url;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A data folder to measure on, which is written to; with --url that engine's, for its"
              + " token.")
  private Path data;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "With w-http: an engine that runs, such as http://127.0.0.1:8080.")
  private String engine;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "With --url: the operator token (default: read from the data folder).")
  private String token;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes a report to look at, as HTML.")
  private Path report;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures, as JSON.")
  private Path json;

  private CommandSpec spec;

  @Spec
  void described(CommandSpec own) {
    spec = own;
    own.usageMessage().footer(Workload.described());
  }

  @Override
  public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var progress = new Progress(err);
    try {
      var workloads = workloads();
      var plan = plan(progress);
      writable("--report", report);
      writable("--json", json);
      quiet();
      var setup = Setup.here(typed());
      var lines = new Lines(out);
      var results = new ArrayList<Result>();
      for (var workload : workloads) {
        workload.run(
            plan,
            result -> {
              progress.end();
              if (results.isEmpty()) lines.head(setup);
              results.add(result);
              lines.result(result);
            });
      }
      lines.foot(results);
      if (report != null) write(report, Page.html(setup, results));
      if (json != null) write(json, Json.of(setup, results));
      return results.stream().allMatch(result -> result.wrong().isEmpty()) ? 0 : 1;
    } catch (Unfit | Unusable told) {
      progress.end();
      err.println("baton: " + told.getMessage());
      return 2;
    }
  }

  // --- what was given

  private List<Workload> workloads() {
    if (engine != null && !names.equals(List.of("w-http"))) {
      throw new Unfit("only w-http measures an engine that runs: name it alone with --url");
    }
    if (token != null && engine == null) throw new Unfit("--token goes with --url");
    if (names.isEmpty()) return Workload.usual();
    var workloads = new ArrayList<Workload>();
    for (var name : names) {
      workloads.add(
          Workload.named(name)
              .orElseThrow(() ->
                  new Unfit(
                      "there is no workload \"" + name + "\": name some of " + Workload.names())));
    }
    return workloads;
  }

  private Plan plan(Progress progress) {
    for (int n : conversations) {
      if (n < 1 || n > CONVERSATIONS_MAX) {
        throw new Unfit("--conversations are 1 to %,d each".formatted(CONVERSATIONS_MAX));
      }
    }
    if (url != null && engine != null) {
      throw new Unfit("an engine that runs has its own database: leave out --db or --url");
    }
    return new Plan(
        conversations,
        duration("--warm-up", warmUp),
        duration("--measure", measure),
        Optional.ofNullable(url),
        engine == null ? Optional.ofNullable(data) : Optional.empty(),
        Optional.ofNullable(engine).map(at -> new Plan.Running(at, operatorToken())),
        progress::say);
  }

  private String operatorToken() {
    if (token != null) return token;
    var folder = data == null ? Path.of("data") : data;
    try {
      return Tokens.operatorToken(folder);
    } catch (IOException unreadable) {
      throw new Unfit(
          "cannot read "
              + folder.resolve("operator-token")
              + ": name the engine's folder with --data, or give its token with --token");
    }
  }

  private static Duration duration(String option, String text) {
    if (text.matches("[0-9]{1,6}(ms|s|m)")) {
      long count = Long.parseLong(text.replaceAll("[a-z]", ""));
      var duration =
          Duration.ofMillis(
              count * (text.endsWith("ms") ? 1 : text.endsWith("s") ? 1_000 : 60_000));
      if (duration.isPositive() && duration.compareTo(MEASURE_MAX) <= 0) return duration;
    }
    throw new Unfit(option + " is a time up to an hour, such as 500ms, 20s or 2m");
  }

  private static void writable(String option, Path file) {
    if (file == null) return;
    var folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
      throw new Unfit(
          "cannot write " + file + ": name a file with " + option + " in a folder that is there");
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException unwritten) {
      throw new Unfit("cannot write " + file + ": see that there is room and a right to");
    }
  }

  private String typed() {
    var arguments = new ArrayList<>(Arrays.asList("./baton", "bench"));
    arguments.addAll(names);
    for (var option : spec.commandLine().getParseResult().matchedOptions()) {
      boolean secret =
          option.longestName().equals("--token") || option.longestName().equals("--db");
      arguments.add(option.longestName());
      arguments.add(secret ? "…" : String.join(",", option.originalStringValues()));
    }
    return String.join(" ", arguments);
  }

  /// What an engine tells its operator is no news to who measures it.
  private static void quiet() {
    for (var logger : ((LoggerContext) LoggerFactory.getILoggerFactory()).getLoggerList()) {
      var level = logger.getLevel();
      if (level == Level.INFO || level == Level.WARN) logger.setLevel(Level.ERROR);
    }
  }
}
