package baton.handoff;

import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A conversation as its events made it.
public sealed interface State {
  /// Nothing has happened.
  record Blank(ConversationId id) implements State {}

  /// @param seq number of the last event
  /// @param authority number of the last event that moved authority
  /// @param policy hash of the policy that the last event rests on
  record Live(
      ConversationId id,
      Opening opening,
      long seq,
      long authority,
      String policy,
      Lease lease,
      Known known,
      Work work,
      Counted counted)
      implements State {}

  /// @param last as it stood when it was closed; what was in flight then may still be settled
  record Closed(Live last, String reason) implements State {}

  default ConversationId id() {
    return switch (this) {
      case Blank(var id) -> id;
      case Live live -> live.id;
      case Closed(var last, _) -> last.id;
    };
  }

  /// Number of the last event, 0 where there is none.
  default long seq() {
    return switch (this) {
      case Blank _ -> 0;
      case Live live -> live.seq;
      case Closed(var last, _) -> last.seq;
    };
  }

  record Opening(String campaign, String channel, Command.Buyer buyer, Instant at) {}

  /// @param until empty while it lasts
  record Contact(String channel, Instant from, Optional<Instant> until) {}

  /// Context: it crosses a hand-off. None of it is authority.
  ///
  /// @param disclosed under which epoch each disclosure was last made
  /// @param question topic of the last question put to the buyer, or empty
  /// @param heard the buyer's last message
  record Known(
      SortedMap<String, Fact> facts,
      SortedMap<String, Consent> consents,
      SortedMap<String, Long> disclosed,
      String question,
      Optional<Hearing> heard,
      List<Contact> contacts,
      boolean optedOut) {}

  /// The buyer's last message, as far as decisions read it.
  record Hearing(long seq, List<Signal> signals, int confidence, String answering, Instant at) {}

  /// What is going on. A hand-off ends all of it.
  ///
  /// @param prompts what the holder has not been told yet
  /// @param ask what the holder was asked and has not answered
  /// @param queue proposals that wait for a decision, first come first
  /// @param flights permits that are not yet claimed, or claimed and not yet settled, by permit id
  /// @param approvals by the number of the event that opened them
  /// @param silentAt when the buyer's silence counts as one
  record Work(
      List<Prompt> prompts,
      Optional<Ask> ask,
      List<Proposal> queue,
      SortedMap<String, Flight> flights,
      SortedMap<Long, Approval> approvals,
      Optional<Instant> silentAt,
      Optional<FollowUp> followUp) {}

  record Ask(long seq, long epoch, int round, List<Prompt> prompts, Instant answerBy) {}

  record FollowUp(Instant at, String channel) {}

  /// A permit on its way.
  record Flight(Permit permit, Proposal proposal, Stage stage) {
    public enum Stage {
      /// May still be claimed.
      OPEN,
      /// May not be claimed any more; it may have been claimed before.
      VOID,
      /// Claimed, and nobody knows what came of it.
      UNKNOWN
    }
  }

  /// @param counters by measure, see [baton.handoff.policy.Policy.Limit]
  /// @param messages body digests by message id
  record Counted(SortedMap<String, Long> counters, SortedMap<String, String> messages) {
    public long of(String measure) {
      return counters.getOrDefault(measure, 0L);
    }
  }
}
