package baton.simulation.torture;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// What a terminal shows of a run: a line for each fault as it is over, then figures.
final class Summary {
  private static final int BAR_MAX = 24;

  private final Plan plan;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean live = System.console() != null && System.console().isTerminal();
  private final long began = System.nanoTime();

  Summary(Plan plan, PrintWriter out, PrintWriter err) {
    this.plan = plan;
    this.out = out;
    this.err = err;
  }

  void plan() {
    print(
        "Torture · %d nodes, %d buyers, %d min of faults · seed %d%n",
        plan.nodes(), plan.buyers(), plan.faulty().toMinutes(), plan.seed());
    plan.leftOut().forEach(kind -> print("Left out · %s: %s%n", kind.words(), kind.needs()));
    print("%n");
    now("starting a database and nodes");
  }

  void news(Stretch.News news) {
    switch (news) {
      case Stretch.News.Began(var nodes, var millis) ->
          event("%d nodes are ready".formatted(nodes), seconds(millis));
      case Stretch.News.Suffering(var storm) -> now(words(storm));
      case Stretch.News.Weathered(Judged.Weathered(var storm, var back)) -> storm(storm, back);
      case Stretch.News.Judging(var rest) -> {
        event(rest.isPresent() ? "everything is at rest" : "no rest", "");
        now("judging the history");
      }
      case Stretch.News.Over(var number, var judged, var left) -> over(number, judged, left);
    }
  }

  private static String words(Storm storm) {
    var first = storm.faults().getFirst().toString();
    int others = storm.faults().size() - 1;
    return others == 0 ? first : first + ", and %d more".formatted(others);
  }

  /// A line for each fault; what became of them stands beside the last.
  private void storm(Storm storm, long backMillis) {
    var faults = storm.faults();
    for (int i = 0; i < faults.size(); i++) {
      boolean isLast = i == faults.size() - 1;
      var what = faults.get(i).toString();
      var came = isLast ? "whole again after " + seconds(backMillis) : "┐";
      if (i == 0) event(what, came);
      else print("        %-52s %s%n", what, isLast ? "┘ " + came : "│");
    }
  }

  private void over(int number, Judged judged, Duration left) {
    clear();
    if (number == 1 && !left.isPositive()) return;
    int wrong = judged.violations().size();
    event(
        "stretch %d · seed %d, %,d faults, %,d claims"
            .formatted(number, judged.seed(), judged.faults(), judged.claims()),
        wrong == 0 ? "no violation" : wrong == 1 ? "1 violation" : wrong + " violations");
    // A run of hours may not come to its end.
    judged.violations().forEach(violation -> print("        ✗ %s%n", violation));
    if (!left.isPositive()) return;
    print("%n");
    now("starting a database and nodes");
  }

  void result(Result result) {
    clear();
    print("%n%-36s %7s  %s%n", "Faults", number(result.faults()), "longest until whole again");
    long longest =
        result.byKind().values().stream().mapToLong(Result.Row::backMillisMax).max().orElse(0);
    result
        .byKind()
        .forEach((kind, row) ->
            print(
                "  %-34s %7s  %7s  %s%n",
                kind.words(),
                number(row.count()),
                row.count() == 0 ? "–" : seconds(row.backMillisMax()),
                "█".repeat((int) (row.backMillisMax() * BAR_MAX / Math.max(1, longest)))));
    print("%n");
    figure("Faults while another lasted", result.overlapping(), "");
    figure("Conversations", result.sum(Judged::conversations), "");
    figure("Messages acknowledged", result.sum(Judged::acknowledged), "");
    figure("Requests sent again", result.sum(Judged::repeated), "");
    figure(
        "Claims",
        result.sum(Judged::claims),
        "%,d confirmed".formatted(result.sum(Judged::effects)));
    print(
        "%-36s %7s%n",
        "At rest after the last fault",
        result.restMillis().isPresent() ? seconds(result.restMillis().getAsLong()) : "never");
    figure("Violations", result.violations().size(), "");
    print("%n");
    for (var violation : result.violations()) print("✗ %s%n", violation);
    print("%s%n", verdict(result));
  }

  private static String verdict(Result result) {
    if (result.violations().isEmpty()) return "Every property held, whatever was done to it.";
    return "Properties are violated. Seed %d shows what was done.".formatted(result.plan().seed());
  }

  void broken(String words) {
    clear();
    print("%n✗ %s%n", words);
  }

  void line(String name, String value) {
    print("%-8s %s%n", name, value);
  }

  private void figure(String name, long count, String more) {
    print("%-36s %7s  %s%n", name, number(count), more);
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
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
