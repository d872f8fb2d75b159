package baton.simulation.history;

import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Outcome;
import baton.handoff.State;
import baton.handoff.policy.Policy;
import baton.handoff.port.Claims;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One thing that came about in a history, in the order in which it did: what somebody outside
/// asked for and was answered, what became durable, what was done outside. The same for the
/// simulated world and for a recording of the real engine.
public sealed interface Occurrence {
  /// Somebody outside asks for something.
  ///
  /// @param number ties the answer to it; unique within the history
  record Invoked(Instant at, long number, Operation operation) implements Occurrence {}

  /// The answer came, or it is known that none will come.
  ///
  /// @param claims the highest number of a claim that was committed when it came; 0 where nobody
  ///   looked
  record Returned(Instant at, long number, Result result, long claims) implements Occurrence {}

  /// An entry is in a conversation's journal.
  ///
  /// @param states the one before, and the one after each event
  /// @param policy the one that the entry names
  record Journaled(ConversationId conversation, Entry entry, List<State> states, Policy policy)
      implements Occurrence {
    public static Journaled of(State before, Entry entry, Policy policy) {
      var states = new ArrayList<State>();
      states.add(before);
      for (var event : entry.events()) {
        states.add(Conversation.evolve(states.getLast(), event, entry.now().at()));
      }
      return new Journaled(before.id(), entry, states, policy);
    }

    public State before() {
      return states.getFirst();
    }

    public State after() {
      return states.getLast();
    }
  }

  /// An authority row is written. Seen in the simulated world alone: no database tells of it.
  record Advanced(Claims.Authority row) implements Occurrence {}

  /// A claim is committed.
  record Claimed(Claims.Claim claim, String policy, long authority) implements Occurrence {}

  /// A tool was called, and did it or not.
  ///
  /// @param digest of the action that it was given
  /// @param done whether the outside world is another one than before
  record Called(Instant at, String key, String digest, boolean done) implements Occurrence {}

  /// The claims table has an outcome.
  record Settled(long claim, Outcome outcome) implements Occurrence {}

  /// A process ended without a word; it may be started again.
  record Killed(Instant at, String process) implements Occurrence {}

  sealed interface Operation {
    /// @param body its digest
    record Say(ConversationId conversation, String message, String body) implements Operation {}

    record Control(Scope scope, Mode mode) implements Operation {}

    record Activate(String campaign, String policy) implements Operation {}

    record TakeOver(ConversationId conversation, String operator) implements Operation {}
  }

  enum Result {
    OK,
    /// It has not happened and never will.
    FAIL,
    /// Nobody knows whether it happened, or will.
    UNKNOWN
  }
}
