package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tables of the human queue: who is there and until when, the conversations that were offered
/// to them, each on offer once at most, and who declined which.
public interface Offers {
  /// What an operator said last.
  ///
  /// @param until when it lapses; whoever is away has no such time
  record Presence(String operator, boolean available, Optional<Instant> until) {}

  /// Keeps whether an operator is there. Word older than what is known changes nothing.
  ///
  /// @param until when it lapses
  void known(String tenant, String operator, boolean available, Instant since, Instant until);

  /// What holds of an operator, lapsed or not.
  Optional<Presence> presence(String tenant, String operator);

  /// How many operators are there at `at`.
  int available(String tenant, Instant at);

  /// The same without those who declined this conversation.
  int available(ConversationId conversation, Instant at);

  /// A conversation that is on offer already stays where it is in the queue.
  void offer(Effect effect, String id, String reason, int offeredTo);

  /// The offer, where there is one, is now with that operator, who may have declined it before.
  void accepted(ConversationId conversation, String operator);

  /// Ends what is on offer or with an operator.
  void over(ConversationId conversation, Ending ending);

  /// How an operator's part ended. An offer that nobody took has lapsed either way.
  enum Ending {
    RETURNED,
    CLOSED
  }

  /// The operator is not offered this conversation again, unless they take it over themselves.
  void declined(ConversationId conversation, String operator, Instant at);

  /// Which of these an operator has declined.
  Set<ConversationId> declined(String operator, List<ConversationId> among);
}
