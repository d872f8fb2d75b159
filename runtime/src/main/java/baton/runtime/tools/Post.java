package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Unknown;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import baton.runtime.mail.Letter;
import baton.runtime.mail.Mail;
import baton.runtime.mail.Sent;
import baton.runtime.tools.Letters.State;
import baton.runtime.tools.Letters.Written;
import java.util.Map;
import java.util.function.Function;

/// Sends an effect's letter at most once: it is written down before, and where nobody knows whether
/// it went out, nothing sends it again (ADR 15).
public final class Post {
  private final Ledger<Letters> letters;
  private final Mail mail;

  public Post(Effects effects, Mail mail) {
    this(effects.letters(), mail);
  }

  public Post(Ledger<Letters> letters, Mail mail) {
    this.letters = letters;
    this.mail = mail;
  }

  /// What is to be sent for an effect.
  public sealed interface Draft {
    /// @param facts what holds once it is sent
    record Ready(Letter letter, Map<String, Value> facts) implements Draft {}

    /// Nothing can be sent.
    ///
    /// @param reason a short code, never personal text
    record Impossible(String reason) implements Draft {}
  }

  /// The kept outcome where there is one, else what comes of sending the draft now.
  ///
  /// @param draft takes the letter's key
  public Outcome send(Effect effect, Function<String, Draft> draft) {
    var known = found(effect);
    if (known != null && !known.givesWayTo(effect)) return known.standsFor(effect);
    return switch (draft.apply(key(effect))) {
      case Draft.Ready(var letter, var facts) -> send(effect, letter, facts);
      case Draft.Impossible(var reason) -> kept(effect, new State.Refused(reason));
    };
  }

  /// `never-done` only where no letter was begun; that is kept, so that a call that comes late does
  /// nothing either.
  public Outcome lookUp(Effect effect) {
    return kept(effect, new State.Fenced());
  }

  /// A letter's name, the same whenever it is made.
  static String key(Effect effect) {
    return Ledger.id("l", effect);
  }

  private Outcome send(Effect effect, Letter letter, Map<String, Value> facts) {
    var accepted = Letters.accepted(facts);
    var sending = Written.of(effect, new State.Sending(accepted));
    if (!letters.direct(rows -> rows.put(effect, sending))) {
      return found(effect).standsFor(effect);
    }
    return switch (mail.send(letter)) {
      case Sent.Accepted _ -> settled(effect, new State.Sent(accepted));
      case Sent.Refused(var reason) -> settled(effect, new State.Refused(reason));
      case Sent.Unknown(var reason) -> new Unknown(reason);
    };
  }

  /// Where the table does not answer now, the row stays as it is and a person decides; who asked
  /// for the letter hears what came of it all the same.
  private Outcome settled(Effect effect, State state) {
    try {
      letters.direct(rows -> {
        rows.settle(effect, state);
        return state;
      });
    } catch (IllegalStateException outage) {
      return state.outcome();
    }
    return state.outcome();
  }

  private Outcome kept(Effect effect, State state) {
    letters.direct(rows -> rows.put(effect, Written.of(effect, state)));
    return found(effect).standsFor(effect);
  }

  private Written found(Effect effect) {
    return letters
        .direct(rows -> rows.find(effect.conversation().tenant(), effect.key()))
        .orElse(null);
  }
}
