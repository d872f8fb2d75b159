package baton.simulation.cli;

import baton.runtime.cli.Progress;
import baton.simulation.explore.Bounds;
import baton.simulation.explore.ExplorationText;
import baton.simulation.explore.Explorer;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// `./baton simulate --explore`: everything that can happen in one conversation, to a depth.
final class Exploration {
  private final CommandSpec spec;

  Exploration(CommandSpec spec) {
    this.spec = spec;
  }

  int run(int depth) {
    var progress = new Progress(spec.commandLine().getErr());
    var report =
        Explorer.explore(
            Bounds.depth(depth),
            so ->
                progress.say(
                    String.format(
                        Locale.ROOT,
                        "%s: depth %d, %,d states",
                        so.station(),
                        so.depth(),
                        so.states())));
    progress.end();
    var took = Duration.ofMillis(Math.round(progress.seconds() * 1_000));
    spec.commandLine().getOut().print(ExplorationText.of(report, took));
    spec.commandLine().getOut().flush();
    return report.counterexample().isEmpty() ? 0 : 1;
  }
}
