package baton.simulation.cli;

import baton.runtime.cli.Progress;
import baton.simulation.world.Trials;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// `./baton simulate --world`: one world after another, until all are over or twenty have failed.
final class Worlds {
  private final CommandSpec spec;

  Worlds(CommandSpec spec) {
    this.spec = spec;
  }

  int run(long seed, long seeds) {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var progress = new Progress(err);
    var report = Trials.run(seed, seeds, so -> progress.over(so.seeds(), seeds, "worlds"));
    progress.end();
    out.printf(
        Locale.ROOT,
        "%,d world%s from seed %d, %,d commands decided%n",
        report.seeds(),
        report.seeds() == 1 ? "" : "s",
        seed,
        report.steps());
    for (var failure : report.failures()) {
      out.printf(Locale.ROOT, "✗ seed %d   %s%n", failure.seed(), failure.words());
    }
    out.println(
        report.failures().isEmpty()
            ? "Every property held, whatever went wrong."
            : "Play one again with --world --seeds 1 --seed N.");
    err.printf(Locale.ROOT, "%,.0f commands a second%n", report.steps() / progress.seconds());
    err.flush();
    return report.failures().isEmpty() ? 0 : 1;
  }
}
