package baton.simulation.cli;

import baton.simulation.Played;
import java.time.Duration;
import java.util.Locale;

/// A conversation as lines, each with the time since it began.
final class Transcript {
  private Transcript() {}

  static String of(Played played) {
    var lines = new StringBuilder();
    lines.append("Conversation ").append(played.number()).append('\n');
    for (var unmet : played.unmet()) lines.append("  ").append(unmet).append('\n');
    for (var each : played.timeline()) {
      var since = Duration.between(played.timeline().getFirst().at(), each.at());
      lines.append(
          String.format(
              Locale.ROOT,
              "%3d:%02d:%02d  %s\n",
              since.toHours(),
              since.toMinutesPart(),
              since.toSecondsPart(),
              each.happening().line()));
    }
    return lines.toString();
  }
}
