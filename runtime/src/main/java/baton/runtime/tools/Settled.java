package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.action.Canonical;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What came of an effect, as it is kept under its key.
///
/// @param digest of the action
/// @param at the time of the claim, to the microsecond: no table keeps more
public record Settled(String digest, Outcome outcome, Instant at) {
  /// A key that was used for another action before.
  static final String KEY_REUSED = "key-reused";

  static final Outcome NEVER_DONE = new Failed(Failed.NEVER_DONE);

  /// @throws IllegalStateException where a tool does not know what it did to its own tables
  public static Settled of(Effect effect, Outcome outcome) {
    return switch (outcome) {
      case Confirmed _, Failed _ ->
          new Settled(Canonical.digest(effect.action()), outcome, stamp(effect));
      case Unknown _ -> throw new IllegalStateException("a tool on its own tables always knows");
    };
  }

  /// What stands for the effect's claim. A fence holds up to the claim that it was made for.
  public Optional<Outcome> standsFor(Effect effect) {
    if (!digest.equals(Canonical.digest(effect.action()))) {
      return Optional.of(new Failed(KEY_REUSED));
    }
    boolean past = outcome.equals(NEVER_DONE) && at.isBefore(stamp(effect));
    return past ? Optional.empty() : Optional.of(outcome);
  }

  private static Instant stamp(Effect effect) {
    return effect.at().truncatedTo(ChronoUnit.MICROS);
  }
}
