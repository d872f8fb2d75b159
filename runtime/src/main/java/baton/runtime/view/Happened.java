package baton.runtime.view;

import baton.handoff.Command;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.agent.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One event of a journal, with its number and the step that it came from.
record Happened(long seq, Entry entry, Event event) {
  Instant at() {
    return entry.now().at();
  }

  /// What the answer came from in which its holder proposed this.
  Optional<Origin> origin() {
    return entry.command() instanceof Command.Answer answer
            && event instanceof Event.Proposed proposed
            && proposed.role().equals(answer.role())
        ? answer.origin()
        : Optional.empty();
  }

  static List<Happened> in(List<Entry> entries) {
    var all = new ArrayList<Happened>();
    for (var entry : entries) {
      long seq = entry.first();
      for (var event : entry.events()) all.add(new Happened(seq++, entry, event));
    }
    return all;
  }
}
