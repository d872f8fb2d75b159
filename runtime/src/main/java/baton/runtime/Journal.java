package baton.runtime;

import baton.handoff.ConversationId;
import baton.handoff.Event;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads journals. Blocks.
@FunctionalInterface
interface Journal {
  /// Rows after row `afterRow`, in order, at most `limit`.
  List<Engine.Numbered> rows(ConversationId id, long afterRow, int limit);

  int PAGE = 500;

  /// Every outcome in the journal, by the number of its claim.
  default Map<Long, Event.Settled> outcomes(ConversationId id) {
    var outcomes = new TreeMap<Long, Event.Settled>();
    long after = 0;
    while (true) {
      var page = rows(id, after, PAGE);
      for (var row : page) {
        for (var event : row.entry().events()) {
          if (event instanceof Event.Settled settled) outcomes.put(settled.claim(), settled);
        }
        after = row.row();
      }
      if (page.size() < PAGE) return outcomes;
    }
  }
}
