package baton.runtime.export;

import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.persistence.codec.JournalCodec;
import baton.persistence.db.PgJournal;
import baton.runtime.view.EventView;
import baton.runtime.view.Sight;
import baton.runtime.view.Timeline;
import baton.runtime.view.Timelines;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One conversation as an auditor gets it.
///
/// @param rows of its journal, all of them
/// @param sight sealed values as they are, or opened
public record Exported(ConversationId id, List<PgJournal.Row> rows, Sight sight) {
  public Exported {
    rows = List.copyOf(rows);
  }

  /// An event with the row that holds it, so that it can be found in the journal and in its chain.
  ///
  /// @param hash SHA-256 of the row's bytes, hex
  /// @param policy hash of the policy of that moment
  /// @param stored its members as they are stored, personal values sealed
  record Numbered(EventView event, long row, String hash, String policy, JsonNode stored) {}

  List<Numbered> events() {
    var shown = EventView.of(entries(), 0, sight).iterator();
    var events = new ArrayList<Numbered>();
    for (var row : rows) {
      var entry = row.link().entry();
      for (var event : entry.events()) {
        events.add(
            new Numbered(
                shown.next(),
                row.number(),
                row.link().hash(),
                entry.now().policy(),
                JournalCodec.data(event)));
      }
    }
    return events;
  }

  /// What was said beside what was decided.
  public Timeline timeline() {
    return Timelines.of(entries(), sight);
  }

  private List<Entry> entries() {
    return rows.stream().map(row -> row.link().entry()).toList();
  }
}
