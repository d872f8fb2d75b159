package baton.simulation.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An exploration's report as text for a terminal.
public final class ExplorationText {
  private ExplorationText() {}

  /// @param took by the caller's clock
  public static String of(ExplorationReport report, Duration took) {
    var lines = new ArrayList<String>();
    lines.add(summary(report, took));
    lines.add("");
    lines.addAll(stations(report));
    lines.add("");
    lines.addAll(levels(report));
    lines.add("");
    report
        .counterexample()
        .ifPresentOrElse(
            found -> {
              lines.add("Broken: " + found.property());
              lines.add(
                  "Steps from \"%s\": %d. There is no shorter way."
                      .formatted(found.station(), found.steps()));
              lines.add("");
              lines.addAll(found.lines());
              lines.add("   !  " + found.property());
            },
            () -> lines.add("No property is broken in any of them."));
    return String.join("\n", lines) + "\n";
  }

  private static String summary(ExplorationReport report, Duration took) {
    long states = report.states();
    long each = Math.max(1, took.toMillis());
    return line(
        "%,d states and %,d transitions in %.1f s (%,d states/s); %,d questions to the"
            + " kernel about %,d states of the conversation.",
        states,
        report.transitions(),
        took.toMillis() / 1000.0,
        states * 1000 / each,
        report.questions(),
        report.journals());
  }

  private static List<String> stations(ExplorationReport report) {
    var lines = new ArrayList<String>();
    lines.add(
        line("%-24s %12s %12s %6s %12s", "from", "states", "transitions", "depth", "untried"));
    for (var explored : report.stations()) {
      lines.add(
          line(
              "%-24s %,12d %,12d %6d %,12d",
              explored.station(),
              explored.states(),
              explored.transitions(),
              explored.depth(),
              explored.frontier()));
    }
    return lines;
  }

  /// How many new states there were, level by level, from each station.
  private static List<String> levels(ExplorationReport report) {
    int depth =
        report.stations().stream().mapToInt(ExplorationReport.Explored::depth).max().orElse(0);
    var lines = new ArrayList<String>();
    lines.add("depth: new states, in the order of the table above");
    for (int level = 0; level <= depth; level++) {
      var line = new StringBuilder(line("%5d:", level));
      for (var explored : report.stations()) {
        int count = level <= explored.depth() ? explored.levels().get(level) : 0;
        line.append(line(" %,11d", count));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static String line(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
