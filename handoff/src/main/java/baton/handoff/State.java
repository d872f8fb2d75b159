package baton.handoff;

import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import java.time.Instant;
import java.util.ArrayList;
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
      implements State {
    Live with(Lease next) {
      return new Live(id, opening, seq, authority, policy, next, known, work, counted);
    }

    Live with(Known next) {
      return new Live(id, opening, seq, authority, policy, lease, next, work, counted);
    }

    Live with(Work next) {
      return new Live(id, opening, seq, authority, policy, lease, known, next, counted);
    }

    Live with(Counted next) {
      return new Live(id, opening, seq, authority, policy, lease, known, work, next);
    }

    Live under(String hash) {
      return new Live(id, opening, seq, authority, hash, lease, known, work, counted);
    }

    /// The same after one more event.
    Live numbered(long next, boolean movesAuthority) {
      long moved = movesAuthority ? next : authority;
      return new Live(id, opening, next, moved, policy, lease, known, work, counted);
    }
  }

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

  /// How and when the buyer went away last.
  ///
  /// @param seq number of the event
  record Left(long seq, Command.Leave.How how) {}

  /// Context: it crosses a hand-off. None of it is authority.
  ///
  /// @param disclosed under which epoch each disclosure was last made
  /// @param question topic of the last question put to the buyer, or empty
  /// @param heard the buyer's last message
  /// @param left empty where the buyer never went away
  record Known(
      SortedMap<String, Fact> facts,
      SortedMap<String, Consent> consents,
      SortedMap<String, Long> disclosed,
      String question,
      Optional<Hearing> heard,
      List<Contact> contacts,
      boolean optedOut,
      Optional<Left> left) {
    static final Known NOTHING =
        new Known(
            Sorted.empty(),
            Sorted.empty(),
            Sorted.empty(),
            "",
            Optional.empty(),
            List.of(),
            false,
            Optional.empty());

    public Known {
      facts = Sorted.of(facts);
      consents = Sorted.of(consents);
      disclosed = Sorted.of(disclosed);
      contacts = List.copyOf(contacts);
    }

    Known with(SortedMap<String, Fact> newer) {
      var merged = Sorted.of(facts).with(newer);
      return new Known(merged, consents, disclosed, question, heard, contacts, optedOut, left);
    }

    Known with(String purpose, Consent consent) {
      var merged = Sorted.of(consents).with(purpose, consent);
      return new Known(facts, merged, disclosed, question, heard, contacts, optedOut, left);
    }

    Known disclosed(String id, long epoch) {
      var merged = Sorted.of(disclosed).with(id, epoch);
      return new Known(facts, consents, merged, question, heard, contacts, optedOut, left);
    }

    Known asking(String topic) {
      return new Known(facts, consents, disclosed, topic, heard, contacts, optedOut, left);
    }

    Known hearing(Hearing next) {
      return new Known(facts, consents, disclosed, "", Optional.of(next), contacts, optedOut, left);
    }

    Known with(List<Contact> next) {
      return new Known(facts, consents, disclosed, question, heard, next, optedOut, left);
    }

    /// A question is for whoever hears it. A machine has heard nothing, and said nothing.
    Known with(Left next) {
      boolean machine = next.how() == Command.Leave.How.VOICEMAIL;
      return new Known(
          facts,
          consents,
          machine ? Sorted.empty() : disclosed,
          "",
          machine ? Optional.empty() : heard,
          contacts,
          optedOut,
          Optional.of(next));
    }

    /// The contact that is going on. Without one the buyer hears nothing.
    public Optional<Contact> contact() {
      if (contacts.isEmpty()) return Optional.empty();
      return Optional.of(contacts.getLast()).filter(last -> last.until().isEmpty());
    }

    /// How the buyer went away, of one who has not come back.
    public Optional<Command.Leave.How> gone() {
      return contact().isPresent() ? Optional.empty() : left.map(Left::how);
    }

    /// Whether the buyer has gone away after this event.
    boolean leftSince(long seq) {
      return left.filter(gone -> gone.seq() > seq).isPresent();
    }

    Known afterOptOut() {
      return new Known(facts, consents, disclosed, question, heard, contacts, true, left);
    }
  }

  /// The buyer's last message, as far as decisions read it.
  record Hearing(long seq, List<Signal> signals, int confidence, String answering, Instant at) {}

  /// What is going on. A hand-off ends all of it.
  ///
  /// @param prompts what the holder has not been told yet
  /// @param ask what the holder was asked and has not answered
  /// @param unfinished an answer of which some parts were given, and not the last
  /// @param queue proposals that wait for a decision, first come first
  /// @param flights permits that are not yet claimed, or claimed and not yet settled, by permit id
  /// @param approvals by the number of the event that opened them
  /// @param silentAt when the buyer's silence counts as one
  record Work(
      List<Prompt> prompts,
      Optional<Ask> ask,
      Optional<Unfinished> unfinished,
      List<Proposal> queue,
      SortedMap<String, Flight> flights,
      SortedMap<Long, Approval> approvals,
      Optional<Instant> silentAt,
      Optional<FollowUp> followUp) {
    static final Work NONE =
        new Work(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Sorted.empty(),
            Sorted.empty(),
            Optional.empty(),
            Optional.empty());

    public Work {
      prompts = List.copyOf(prompts);
      queue = List.copyOf(queue);
      flights = Sorted.of(flights);
      approvals = Sorted.of(approvals);
    }

    Work withPrompts(List<Prompt> next) {
      return new Work(next, ask, unfinished, queue, flights, approvals, silentAt, followUp);
    }

    Work prompted(Prompt prompt) {
      var next = new ArrayList<>(prompts);
      next.add(prompt);
      return withPrompts(next);
    }

    Work withAsk(Optional<Ask> next) {
      return new Work(prompts, next, unfinished, queue, flights, approvals, silentAt, followUp);
    }

    Work withUnfinished(Optional<Unfinished> next) {
      return new Work(prompts, ask, next, queue, flights, approvals, silentAt, followUp);
    }

    Work withQueue(List<Proposal> next) {
      return new Work(prompts, ask, unfinished, next, flights, approvals, silentAt, followUp);
    }

    Work withFlights(SortedMap<String, Flight> next) {
      return new Work(prompts, ask, unfinished, queue, next, approvals, silentAt, followUp);
    }

    Work withFlight(Flight flight) {
      return withFlights(Sorted.of(flights).with(flight.permit().id(), flight));
    }

    Work withoutFlight(String permit) {
      return withFlights(Sorted.of(flights).without(permit));
    }

    Work withApproval(Approval approval) {
      var next = Sorted.of(approvals).with(approval.seq(), approval);
      return new Work(prompts, ask, unfinished, queue, flights, next, silentAt, followUp);
    }

    Work withoutApproval(long seq) {
      if (!approvals.containsKey(seq)) return this;
      var next = Sorted.of(approvals).without(seq);
      return new Work(prompts, ask, unfinished, queue, flights, next, silentAt, followUp);
    }

    Work silentAt(Optional<Instant> next) {
      return new Work(prompts, ask, unfinished, queue, flights, approvals, next, followUp);
    }

    Work followUp(Optional<FollowUp> next) {
      return new Work(prompts, ask, unfinished, queue, flights, approvals, silentAt, next);
    }

    /// What a change of holder leaves: effects that cannot be called back, the follow-up, and what
    /// the buyer said that nobody has answered. No proposal, permit, approval or question.
    Work ended() {
      var unheard = new ArrayList<Prompt>();
      ask.filter(_ -> unfinished.isEmpty())
          .ifPresent(open -> open.prompts().stream().filter(Work::isHeard).forEach(unheard::add));
      prompts.stream().filter(Work::isHeard).forEach(unheard::add);
      return new Work(
          unheard,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          flights,
          Sorted.empty(),
          Optional.empty(),
          followUp);
    }

    private static boolean isHeard(Prompt prompt) {
      return prompt instanceof Prompt.Heard;
    }
  }

  record Ask(long seq, long epoch, int round, List<Prompt> prompts, Instant answerBy) {}

  /// @param prompts what the answer is to; they have been answered in part
  /// @param round of the first ask
  /// @param parts how many were given
  record Unfinished(List<Prompt> prompts, int round, int parts) {}

  record FollowUp(Instant at, String channel) {}

  /// A permit on its way.
  record Flight(Permit permit, Proposal proposal, Stage stage) {
    Flight at(Stage next) {
      return new Flight(permit, proposal, next);
    }

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
    static final Counted NOTHING = new Counted(Sorted.empty(), Sorted.empty());

    public Counted {
      counters = Sorted.of(counters);
      messages = Sorted.of(messages);
    }

    public long of(String measure) {
      return counters.getOrDefault(measure, 0L);
    }

    Counted add(String... measures) {
      var next = this;
      for (var measure : measures) next = next.plus(measure, 1);
      return next;
    }

    Counted plus(String measure, long amount) {
      if (amount == 0) return this;
      return new Counted(Sorted.of(counters).with(measure, of(measure) + amount), messages);
    }

    Counted reset(String... measures) {
      var next = Sorted.of(counters);
      for (var measure : measures) next = next.without(measure);
      return new Counted(next, messages);
    }

    Counted with(String message, String body) {
      return new Counted(counters, Sorted.of(messages).with(message, body));
    }
  }
}
