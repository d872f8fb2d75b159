package baton.runtime.view;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Why something was decided, in words that a non-engineer follows.
///
/// A fixed grammar over findings, never a model: heading, what the strictest finding says, what
/// came of it, what happens next.
public final class Explanation {
  private Explanation() {}

  /// One finding in one sentence.
  public static String of(Finding finding) {
    return Sentences.of(finding.code(), finding.details()).orElseGet(() -> unknown(finding));
  }

  /// A whole decision.
  ///
  /// @param outcome `confirmed`, `failed`, `unknown` or `lapsed`, or empty while there is none
  public static String of(
      Role role, Action action, Verdict verdict, List<Finding> findings, Optional<String> outcome) {
    return heading(role, action, verdict)
        + ". "
        + strictest(findings).map(finding -> of(finding) + " ").orElse("")
        + cameOfIt(action, verdict, outcome)
        + next(verdict);
  }

  /// "Denied: Closing may not concede 12 %".
  public static String heading(Role role, Action action, Verdict verdict) {
    String who = who(role);
    String what = what(action);
    return switch (verdict) {
      case PERMIT -> "Permitted: " + who + " may " + what;
      case DEFER -> "Deferred: " + who + " may not yet " + what;
      case ESCALATE -> "Escalated: " + who + " needs a person's yes to " + what;
      case DENY -> "Denied: " + who + " may not " + what;
    };
  }

  private static Optional<Finding> strictest(List<Finding> findings) {
    // The first of the strictest ones leads; a list in which nothing speaks against it has none.
    return findings.stream()
        .filter(finding -> !finding.code().equals("nothing-against"))
        .min(Comparator.comparing(Finding::verdict, Comparator.reverseOrder()));
  }

  static String who(Role role) {
    if (role.equals(Role.ENGINE)) return "the engine";
    if (role.equals(Role.HUMAN)) return "the operator";
    String name = role.name().replace('-', ' ');
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  static String what(Action action) {
    return switch (action) {
      case Action.Speak(Words.Line(var name), _) -> "say the line “" + name + "”";
      case Action.Speak _ -> "say this";
      case Action.Disclose disclose -> "make the disclosure “" + disclose.disclosure() + "”";
      case Action.AskConsent ask -> "ask for consent to " + plain(ask.purpose());
      case Action.RaiseUrgency _ -> "raise urgency";
      case Action.RequestCommitment _ -> "ask for a commitment";
      case Action.InitiateContact(var channel) -> "begin a contact by " + channel;
      case Action.FindSlots _ -> "look for free times";
      case Action.Book _ -> "book a time";
      case Action.Reschedule _ -> "move a booking";
      case Action.Cancel _ -> "cancel a booking";
      case Action.TransferToHuman _ -> "pass the buyer to a person";
      case Action.Quote(var product, var seats) ->
          "quote " + seats + (seats == 1 ? " seat of " : " seats of ") + product;
      case Action.Concede(_, var percent) -> "concede " + percent + " %";
      case Action.TakeCommitment(_, var total) ->
          "take an order of " + money(total.currency(), total.minor());
      case Action.WriteCrm(var fields) -> "write to the CRM: " + String.join(", ", fields.keySet());
      case Action.SendMessage(var channel, _) -> "send a message by " + channel;
      case Action.Record _ -> "record this contact";
      case Action.UseTool(var name, _) -> "use the tool " + name;
      case Action.InterpretConsent(var purpose, var state, _) ->
          "take the answer on " + plain(purpose) + " as " + Shown.kebab(state.name());
      case Action.RequestHandOff(var to, _) -> "hand the conversation to " + who(to);
      case Action.ScheduleFollowUp(_, var channel) -> "schedule a follow-up by " + channel;
      case Action.Escalate _ -> "ask for a person's attention";
      case Action.Close _ -> "close the conversation";
    };
  }

  static String cameOfIt(Action action, Verdict verdict, Optional<String> outcome) {
    boolean spoken = action instanceof Action.Spoken;
    if (verdict != Verdict.PERMIT) {
      return spoken ? "Nothing was said to the buyer." : "Nothing was done.";
    }
    return switch (outcome.orElse("")) {
      case "confirmed" -> spoken ? "It was said to the buyer." : "It was done.";
      case "failed" -> spoken ? "It was not said to the buyer." : "It did not take place.";
      case "unknown" -> "Nobody knows yet whether it took place; it is being looked up.";
      case "lapsed" -> "The permit was not used.";
      default -> "Nothing has come of it yet.";
    };
  }

  static String next(Verdict verdict) {
    return switch (verdict) {
      case PERMIT -> "";
      case DEFER -> " The agent is told what is missing and may propose it again.";
      case ESCALATE -> " It waits for a person who holds the right.";
      case DENY -> " The agent is told why and may propose something else.";
    };
  }

  private static String unknown(Finding finding) {
    return switch (finding.verdict()) {
      case PERMIT -> "The clause “" + finding.clause() + "” allows it.";
      case DEFER -> "The clause “" + finding.clause() + "” does not allow it yet.";
      case ESCALATE -> "The clause “" + finding.clause() + "” asks for a person's yes.";
      case DENY -> "The clause “" + finding.clause() + "” does not allow it.";
    };
  }

  static String plain(String name) {
    return name.replace('-', ' ');
  }

  /// The same with a capital.
  static String sentence(String name) {
    String plain = plain(name);
    return plain.isEmpty()
        ? plain
        : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
  }

  /// Two decimals, as all currencies of the samples have.
  static String money(String currency, long minor) {
    return currency + " " + java.math.BigDecimal.valueOf(minor, 2).toPlainString();
  }
}
