package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.action.Canonical;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/// The table of letters: one row an idempotency key. Each change is a transaction of its own.
public interface Letters {
  /// Puts the row where there is none, or where there is a fence that the effect's claim is past.
  ///
  /// @return whether it did
  boolean put(Effect effect, Written written);

  Optional<Written> find(String tenant, String key);

  /// What came of a letter that is being sent. Nothing, where it is not.
  void settle(Effect effect, State state);

  /// A letter's row.
  ///
  /// @param digest of the action
  /// @param at the time of the claim, to the microsecond
  record Written(String digest, State state, Instant at) {
    static Written of(Effect effect, State state) {
      return new Written(Canonical.digest(effect.action()), state, stamp(effect));
    }

    /// What stands for an effect of that key. A fence holds up to the claim that it was made for.
    Outcome standsFor(Effect effect) {
      if (!digest.equals(Canonical.digest(effect.action()))) {
        return new Failed(Settled.KEY_REUSED);
      }
      return state.outcome();
    }

    public boolean givesWayTo(Effect effect) {
      return state instanceof State.Fenced && at.isBefore(stamp(effect));
    }

    static Instant stamp(Effect effect) {
      return effect.at().truncatedTo(ChronoUnit.MICROS);
    }
  }

  /// How far a letter has come.
  sealed interface State {
    /// What it means for whoever asks.
    Outcome outcome();

    /// Somebody began to send it.
    ///
    /// @param accepted what holds once it is sent
    record Sending(Confirmed accepted) implements State {
      /// A letter that is begun and not finished: a person decides.
      static final String REASON = "letter-sending";

      @Override
      public Outcome outcome() {
        return new Unknown(REASON);
      }
    }

    record Sent(Confirmed accepted) implements State {
      @Override
      public Outcome outcome() {
        return accepted;
      }
    }

    record Refused(String reason) implements State {
      @Override
      public Outcome outcome() {
        return new Failed(reason);
      }
    }

    /// It was never sent, and no call that was on its way will send it.
    record Fenced() implements State {
      @Override
      public Outcome outcome() {
        return new Failed(Failed.NEVER_DONE);
      }
    }
  }

  /// Facts as an outcome.
  static Confirmed accepted(Map<String, Value> facts) {
    return (Confirmed) Outcome.confirmed(facts);
  }
}
