package baton.simulation.cli;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Compilation;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.policy.PolicyReport;
import baton.runtime.Dispatcher;
import baton.runtime.cli.Progress;
import baton.runtime.cli.Subcommand;
import baton.simulation.Played;
import baton.simulation.report.Report;
import baton.simulation.scenario.Batch;
import baton.simulation.scenario.ScenarioTests;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton simulate [FILE…]`
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Plays scenarios against a policy, in virtual time and without a database.",
      "The exit status is 0 only where every expectation is met."
    })
public final class SimulateCommand implements Subcommand {
  private static final String POLICY = "inbound-trial";
  private static final long SEEDS_MAX = 10_000_000;
  private static final int DEPTH_MAX = 12;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Scenarios (default: those of the policy, else the samples).")
  private List<Path> files = List.of();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy, in YAML (default: the sample " + POLICY + ").")
  private Path policy;

  @Option(
      names = "--conversations",
      paramLabel = "N",
      description =
          "How many are played (default: 100 of each scenario that varies). What does not vary is"
              + " played once.")
  private Integer conversations;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What is drawn follows from it (default: " + ScenarioTests.SEED + ").")
  private Long seed;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes a report to look at, as HTML.")
  private Path report;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Writes the results for a build server, as JUnit XML.")
  private Path junit;

  @Option(
      names = "--world",
      description =
          "Plays no scenarios: two processes, a crowd, and everything that may go wrong, with a"
              + " checker for each invariant.")
  private boolean world;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "With --world: how many worlds, from --seed on (default: 1000).")
  private Long seeds;

  @Option(
      names = "--explore",
      description =
          "Plays no scenarios: tries every order of what two processes, a person, a pause, a new"
              + " policy and a crash can do in one conversation.")
  private boolean explore;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "With --explore: how many steps deep (default: 7; 8 takes about a minute).")
  private Integer depth;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      fitTogether();
      quiet();
      if (world) return new Worlds(spec).run(seed(), seeds == null ? 1_000 : seeds);
      if (explore) return new Exploration(spec).run(depth == null ? 7 : depth);
      var document = document();
      var scenarios = new Named(files).scenarios(document);
      var batch = new Batch(document, scenarios, seed());
      int count = count(batch, scenarios.size());
      var page = WholeFile.of("--report", report);
      var results = WholeFile.of("--junit", junit);
      writable(page, results);
      return play(document, batch, count, page, results);
    } catch (Unfit unfit) {
      spec.commandLine().getErr().println(unfit.getMessage());
      return 2;
    }
  }

  private int play(
      PolicyDocument document,
      Batch batch,
      int count,
      Optional<WholeFile> page,
      Optional<WholeFile> results)
      throws Unfit {
    var out = spec.commandLine().getOut();
    var progress = new Progress(spec.commandLine().getErr());
    var summary = new Summary(document, seed());
    var xml = new JunitXml();
    var html = new Report(document, seed());
    Consumer<Played> each =
        played -> {
          summary.add(played);
          if (results.isPresent()) xml.add(played);
          if (page.isPresent()) html.add(played);
          progress.over(played.number(), count, "conversations");
        };
    var all = batch.play(count, each);
    progress.end();
    summary.print(out, all);
    if (page.isPresent()) {
      page.get().write(html.html(all.unmet()));
      out.println("Report   " + report);
    }
    if (results.isPresent()) {
      results.get().write(xml.xml(all));
      out.println("Results  " + junit);
    }
    out.flush();
    return all.met() ? 0 : 1;
  }

  // --- what was given

  private void fitTogether() throws Unfit {
    boolean ofScenarios =
        !files.isEmpty()
            || policy != null
            || conversations != null
            || report != null
            || junit != null;
    if (world && explore) throw new Unfit("baton: choose one of --world and --explore");
    if ((world || explore) && ofScenarios) {
      throw new Unfit(
          "baton: --world and --explore play no scenarios; leave out what is for those");
    }
    if (seeds != null && !world) throw new Unfit("baton: --seeds goes with --world");
    if (depth != null && !explore) throw new Unfit("baton: --depth goes with --explore");
    if (seed != null && explore) {
      throw new Unfit("baton: --explore leaves nothing to chance; leave out --seed");
    }
    if (seeds != null && (seeds < 1 || seeds > SEEDS_MAX)) {
      throw new Unfit("baton: --seeds is 1 to " + SEEDS_MAX);
    }
    if (world && seed() > Long.MAX_VALUE - SEEDS_MAX) {
      throw new Unfit("baton: --seed is too large for --world; name a smaller one");
    }
    if (depth != null && (depth < 1 || depth > DEPTH_MAX)) {
      throw new Unfit("baton: --depth is 1 to " + DEPTH_MAX);
    }
  }

  /// What goes wrong here is meant to, and no news.
  private static void quiet() {
    ((Logger) LoggerFactory.getLogger(Dispatcher.class)).setLevel(Level.OFF);
  }

  private PolicyDocument document() throws Unfit {
    var compilation =
        policy == null ? PolicyCompiler.sample(POLICY) : PolicyCompiler.compile(policy);
    return switch (compilation) {
      case Compilation.Compiled(var document) -> document;
      case Compilation.Invalid(var problems) -> throw new Unfit(PolicyReport.of(problems).strip());
    };
  }

  private long seed() {
    return seed == null ? ScenarioTests.SEED : seed;
  }

  private void writable(Optional<WholeFile> page, Optional<WholeFile> results) throws Unfit {
    var inputs = new ArrayList<>(files);
    if (policy != null) inputs.add(policy);
    if (page.isPresent()) page.get().check(inputs);
    if (results.isPresent()) results.get().check(inputs);
    if (page.isPresent() && results.isPresent() && page.get().isSame(junit)) {
      throw new Unfit("baton: --report and --junit name one file; give each its own");
    }
  }

  private int count(Batch batch, int scenarios) throws Unfit {
    if (conversations == null) return batch.usual();
    if (conversations < scenarios) {
      throw new Unfit(
          "baton: --conversations is at least "
              + scenarios
              + " here: each scenario is played once");
    }
    if (conversations > Batch.CONVERSATIONS_MAX) {
      throw new Unfit(
          String.format(
              Locale.ROOT, "baton: --conversations is at most %,d", Batch.CONVERSATIONS_MAX));
    }
    return batch.of(conversations);
  }
}
