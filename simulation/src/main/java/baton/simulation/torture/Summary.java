package baton.simulation.torture;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// What a terminal shows of a run: a line for each fault as it is over, then figures.
final class Summary {
  private static final int BAR_MAX = 24;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean live = System.console() != null && System.console().isTerminal();
  private final long began = System.nanoTime();

  Summary(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  void plan(Plan plan) {
    print(
        "Torture · %d nodes, %d buyers, %d min of faults · seed %d%n%n",
        plan.nodes(), plan.buyers(), plan.faulty().toMinutes(), plan.seed());
    now("starting a database and nodes");
  }

  void news(Torture.News news) {
    switch (news) {
      case Torture.News.Began(var nodes, var millis) ->
          event("%d nodes are ready".formatted(nodes), seconds(millis));
      case Torture.News.Suffering(var fault) -> now(fault.toString());
      case Torture.News.Healed(var fault, var back) ->
          event(fault.toString(), "whole again after " + seconds(back));
      case Torture.News.Judging(var rest) -> {
        event(rest.isPresent() ? "everything is at rest" : "no rest", "");
        now("judging the history");
      }
    }
  }

  void result(Result result) {
    clear();
    print("%n%-36s %6s  %s%n", "Faults", result.faults().size(), "longest until whole again");
    int most = result.byKind().values().stream().mapToInt(Result.Row::count).max().orElse(1);
    result
        .byKind()
        .forEach((kind, row) ->
            print(
                "  %-34s %6d  %7s  %s%n",
                kind.words(),
                row.count(),
                row.count() == 0 ? "–" : seconds(row.backMillisMax()),
                "█".repeat(row.count() * BAR_MAX / Math.max(1, most))));
    print("%n");
    figure("Conversations", result.conversations(), "");
    figure("Messages acknowledged", result.acknowledged(), "");
    figure("Requests sent again", result.repeated(), "");
    figure("Claims", result.claims(), "%,d confirmed".formatted(result.effects()));
    print(
        "%-36s %6s%n",
        "At rest after the last fault",
        result.restMillis().isPresent() ? seconds(result.restMillis().getAsLong()) : "never");
    figure("Violations", result.violations().size(), "");
    print("%n");
    for (var violation : result.violations()) print("✗ %s%n", violation);
    print(
        "%s%n",
        result.violations().isEmpty()
            ? "Every property held, whatever was done to it."
            : "Properties are violated. Seed %d shows what was done."
                .formatted(result.plan().seed()));
  }

  void broken(String words, Path kept) {
    clear();
    print("%n✗ %s%n", words);
    line("Kept", kept + " (history, logs, database)");
  }

  void line(String name, String value) {
    print("%-8s %s%n", name, value);
  }

  private void figure(String name, long count, String more) {
    print("%-36s %,6d  %s%n", name, count, more);
  }

  private void event(String what, String came) {
    clear();
    var passed = Duration.ofNanos(System.nanoTime() - began);
    print("%3d:%02d  %-52s %s%n", passed.toMinutes(), passed.toSecondsPart(), what, came);
  }

  /// In the last line until something is printed; only where somebody looks on.
  private void now(String what) {
    if (!live) return;
    err.printf("\r        %-60s", what + " …");
    err.flush();
  }

  private void clear() {
    if (!live) return;
    err.print("\r" + " ".repeat(70) + "\r");
    err.flush();
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }
}
