package baton.simulation.report;

import baton.handoff.gate.Verdict;
import baton.simulation.Happening;
import baton.simulation.Played;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A conversation in which an expectation was not met, as it is told.
///
/// @param opened virtual time
/// @param lines what happened, the first of it where it is long
/// @param linesMore how much more there was
/// @param ending the reason for which it was closed, or empty
public record Failure(
    String scenario,
    int number,
    Instant opened,
    List<Line> lines,
    int linesMore,
    String ending,
    List<String> unmet) {
  private static final int LINES_MAX = 300;
  private static final int UNMET_MAX = 50;

  /// @param elapsed since the opening, or empty where it is the same as on the line before
  public record Line(String elapsed, Instant at, Happening happening) {}

  static Failure of(Played played) {
    var timeline = played.timeline();
    var opened =
        played.entries().isEmpty() ? Instant.EPOCH : played.entries().getFirst().now().at();
    var told = timeline.subList(0, Math.min(LINES_MAX, timeline.size()));
    var lines = new ArrayList<Line>();
    String before = "";
    for (var timed : told) {
      String elapsed = Wording.elapsed(Duration.between(opened, timed.at()));
      lines.add(new Line(elapsed.equals(before) ? "" : elapsed, timed.at(), timed.happening()));
      before = elapsed;
    }
    return new Failure(
        played.scenario(),
        played.number(),
        opened,
        List.copyOf(lines),
        timeline.size() - told.size(),
        ending(timeline),
        played.unmet().subList(0, Math.min(UNMET_MAX, played.unmet().size())));
  }

  private static String ending(List<Played.Timed> timeline) {
    return timeline.reversed().stream()
        .map(Played.Timed::happening)
        .filter(Happening.Closed.class::isInstance)
        .map(happening -> ((Happening.Closed) happening).reason())
        .findFirst()
        .orElse("");
  }

  /// The word that goes with a verdict's sign.
  public static String sign(Verdict verdict) {
    return switch (verdict) {
      case PERMIT -> "Permitted";
      case DEFER -> "Deferred";
      case ESCALATE -> "Escalated";
      case DENY -> "Denied";
    };
  }
}
