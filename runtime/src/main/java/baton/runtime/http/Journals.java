package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.runtime.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads whole journals. What was read lately is kept, since rows never change, and only what came
/// after it is read.
final class Journals {
  private static final int KEPT_MAX = 256;
  private static final int ROWS = 500;

  private record Kept(long row, List<Entry> entries) {}

  private final Engine engine;
  private final Map<ConversationId, Kept> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, Kept> eldest) {
          return size() > KEPT_MAX;
        }
      };

  Journals(Engine engine) {
    this.engine = engine;
  }

  /// All entries, in order; none where the conversation is unknown. Blocks.
  List<Entry> of(ConversationId id) {
    Kept before;
    synchronized (kept) {
      before = kept.getOrDefault(id, new Kept(0, List.of()));
    }
    long row = before.row;
    var entries = new ArrayList<>(before.entries);
    List<Engine.Numbered> more;
    do {
      more = engine.entries(id, row, ROWS);
      for (var numbered : more) {
        entries.add(numbered.entry());
        row = numbered.row();
      }
    } while (more.size() == ROWS);
    if (row == before.row) return before.entries;
    var after = new Kept(row, List.copyOf(entries));
    synchronized (kept) {
      kept.merge(id, after, (a, b) -> a.row >= b.row ? a : b);
    }
    return after.entries;
  }
}
