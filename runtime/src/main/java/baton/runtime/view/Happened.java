package baton.runtime.view;

import baton.handoff.Entry;
import baton.handoff.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One event of a journal, with its number and the step that it came from.
record Happened(long seq, Entry entry, Event event) {
  Instant at() {
    return entry.now().at();
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
