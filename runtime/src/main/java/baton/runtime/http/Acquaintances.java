package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.runtime.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a message is read by: how its conversation was opened, and where its buyer says he is. Kept
/// of many, since it is little: a message does not cost the reading of all that was said before it.
final class Acquaintances {
  private static final int KEPT_MAX = 10_000;
  private static final int ROWS = 500;

  private final Engine engine;
  private final Map<ConversationId, Acquaintance> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, Acquaintance> eldest) {
          return size() > KEPT_MAX;
        }
      };

  /// @param row up to which the journal was read
  /// @param opened empty where the conversation is unknown
  /// @param zone what was observed last
  record Acquaintance(long row, Optional<Event.Opened> opened, Optional<Fact> zone) {
    private static final Acquaintance NONE =
        new Acquaintance(0, Optional.empty(), Optional.empty());

    private Acquaintance and(Engine.Numbered next) {
      var known = new Acquaintance(next.row(), opened, zone);
      for (var event : next.entry().events()) known = known.and(event);
      return known;
    }

    private Acquaintance and(Event event) {
      return switch (event) {
        case Event.Opened first -> new Acquaintance(row, Optional.of(first), zone);
        case Event.Observed(var facts) when facts.containsKey(Signal.TIME_ZONE) ->
            new Acquaintance(row, opened, Optional.of(facts.get(Signal.TIME_ZONE)));
        case Event _ -> this;
      };
    }
  }

  Acquaintances(Engine engine) {
    this.engine = engine;
  }

  /// With all that is in the journal by now. Blocks.
  Acquaintance of(ConversationId id) {
    Acquaintance known;
    synchronized (kept) {
      known = kept.getOrDefault(id, Acquaintance.NONE);
    }
    for (int read = ROWS; read == ROWS; ) {
      var rows = engine.entries(id, known.row, ROWS);
      for (var row : rows) known = known.and(row);
      read = rows.size();
    }
    if (known.opened.isEmpty()) return known;
    synchronized (kept) {
      return kept.merge(id, known, (a, b) -> a.row >= b.row ? a : b);
    }
  }
}
