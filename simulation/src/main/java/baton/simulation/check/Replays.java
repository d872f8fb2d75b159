package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Decision;
import baton.handoff.Entry;
import baton.handoff.State;
import baton.simulation.history.Occurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Invariant 11: each recorded input, decided again under its recorded circumstances, gives the
/// same events; and, looked at when one conversation of four is over, the journal folds to the live
/// state, which owes the same.
final class Replays implements Checker {
  private static final int ONE_OF = 4;

  private final Map<ConversationId, List<Entry>> journals = new HashMap<>();

  @Override
  public void see(Occurrence occurrence) {
    if (!(occurrence instanceof Occurrence.Journaled journaled)) return;
    var entry = journaled.entry();
    var again =
        Conversation.decide(journaled.before(), entry.command(), entry.now(), journaled.policy());
    require(
        again.equals(new Decision.Accepted(entry.events())),
        () -> "11: decided again, event " + entry.first() + " is another: " + again);
    var id = journaled.conversation();
    if (Math.floorMod(id.hashCode(), ONE_OF) != 0) return;
    var journal = journals.computeIfAbsent(id, _ -> new ArrayList<>());
    journal.add(entry);
    if (journaled.after() instanceof State.Closed) whole(journal, journaled.after());
  }

  private static void whole(List<Entry> journal, State live) {
    var state = Conversation.blank(live.id());
    for (var entry : journal) state = Conversation.evolve(state, entry);
    require(state.equals(live), () -> "11: the journal folds to another state");
    require(
        Conversation.outbox(state).equals(Conversation.outbox(live)),
        () -> "11: and owes another thing");
  }
}
