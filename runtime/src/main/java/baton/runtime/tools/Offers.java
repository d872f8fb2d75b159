package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;

/// The tables of the human queue: who is there, and the conversations that were offered to them,
/// each on offer once at most.
public interface Offers {
  /// Keeps whether an operator is there. Word older than what is known changes nothing.
  void known(String tenant, String operator, boolean available, Instant at);

  /// How many operators are there.
  int available(String tenant);

  /// A conversation that is on offer already stays where it is in the queue.
  void offer(Effect effect, String id, String reason, int offeredTo);

  /// False where it was not on offer.
  boolean accept(ConversationId conversation, String operator);

  /// False where it was not that operator's.
  boolean giveBack(ConversationId conversation, String operator);
}
