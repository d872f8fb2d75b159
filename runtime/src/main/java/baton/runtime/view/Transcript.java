package baton.runtime.view;

import baton.handoff.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What was said, in order: the buyer's words when they were heard, ours once they were voiced.
public final class Transcript {
  /// @param by `buyer`, a role, or `human`
  /// @param text null where it has been erased
  public record Line(long seq, Instant at, String by, String text) {}

  private Transcript() {}

  static List<Line> of(List<Happened> all, Sight sight) {
    var spoken = new Spoken(sight);
    var lines = new ArrayList<Line>();
    for (var happened : all) {
      if (happened.event() instanceof Event.Heard heard) {
        String text = sight.open().apply(heard.text()).orElse(null);
        lines.add(new Line(happened.seq(), happened.at(), "buyer", text));
      }
      spoken
          .next(happened)
          .ifPresent(
              said -> lines.add(new Line(happened.seq(), happened.at(), said.by(), said.text())));
    }
    return lines;
  }
}
