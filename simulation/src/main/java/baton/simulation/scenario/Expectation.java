package baton.simulation.scenario;

import baton.handoff.gate.Verdict;
import java.util.Locale;
import java.util.OptionalInt;

/// What is expected of one conversation, or of a share of them.
///
/// @param atLeast percent of the conversations in which it is met; where neither this nor the other
///   is given, it is met in each
public record Expectation(Wanted wanted, OptionalInt atLeast, OptionalInt atMost) {
  /// Whether it is about many conversations and not about each.
  public boolean isShare() {
    return atLeast.isPresent() || atMost.isPresent();
  }

  /// What one conversation shows, or not.
  public sealed interface Wanted {
    /// Follows on "it was".
    default String words() {
      return switch (this) {
        case Holder(var role) -> "to be with " + role + " in the end";
        case Closed(var reason) -> "to be closed for " + reason;
        case Effect(var kind) -> "to " + kind;
        case NoEffect(var kind) -> "not to " + kind;
        case Said(var text) -> "to say \"" + text + "\"";
        case NeverSaid(var text) -> "never to say \"" + text + "\"";
        case Stopped(var verdict, var kind, var clause) ->
            "to be stopped at "
                + kind
                + " with "
                + verdict.name().toLowerCase(Locale.ROOT)
                + " by "
                + clause;
        case Waits(var right) -> "to wait for a holder of " + right;
        case PersonAsked(var reason) -> "to ask a person to look, for " + reason;
        case OptedOut(var whether) -> (whether ? "" : "not ") + "to end with an opt-out";
        case Consented(var purpose, var state) -> "to end with consent to " + purpose + " " + state;
        case Known(var fact, var value) -> "to end with " + fact + " " + value;
      };
    }

    /// In the end.
    record Holder(String role) implements Wanted {}

    /// In the end.
    record Closed(String reason) implements Wanted {}

    record Effect(String kind) implements Wanted {}

    record NoEffect(String kind) implements Wanted {}

    record Said(String text) implements Wanted {}

    record NeverSaid(String text) implements Wanted {}

    record Stopped(Verdict verdict, String kind, String clause) implements Wanted {}

    record Waits(String right) implements Wanted {}

    record PersonAsked(String reason) implements Wanted {}

    record OptedOut(boolean whether) implements Wanted {}

    /// In the end.
    record Consented(String purpose, String state) implements Wanted {}

    /// In the end, as it is shown.
    record Known(String fact, String value) implements Wanted {}
  }
}
