package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.ConversationId;
import baton.simulation.history.Occurrence;
import java.util.HashMap;
import java.util.Map;

/// Invariant 12 in part: the events of a conversation are numbered from 1 without a gap, whoever
/// wrote them.
final class Numbered implements Checker {
  private final Map<ConversationId, Long> last = new HashMap<>();

  @Override
  public void see(Occurrence occurrence) {
    if (!(occurrence instanceof Occurrence.Journaled journaled)) return;
    var entry = journaled.entry();
    long before = last.getOrDefault(journaled.conversation(), 0L);
    require(
        entry.first() == before + 1,
        () ->
            "12: event "
                + entry.first()
                + " follows on "
                + before
                + " in "
                + journaled.conversation());
    require(
        journaled.after().seq() == entry.last(), () -> "12: the state does not count its events");
    last.put(journaled.conversation(), entry.last());
  }
}
