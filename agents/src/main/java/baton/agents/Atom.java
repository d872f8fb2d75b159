package baton.agents;

import java.util.List;
import java.util.function.Predicate;

/// One condition of a rule, read once. See [baton.handoff.policy.Playbook.Rule].
final class Atom {
  private Atom() {}

  /// All of them.
  static Predicate<Situation> all(List<String> texts) {
    var atoms = texts.stream().map(Atom::of).toList();
    return situation -> atoms.stream().allMatch(atom -> atom.test(situation));
  }

  static Predicate<Situation> of(String text) {
    return text.startsWith("!") ? plain(text.substring(1)).negate() : plain(text);
  }

  private static Predicate<Situation> plain(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? bare(text) : about(text.substring(0, colon), text.substring(colon + 1));
  }

  private static Predicate<Situation> bare(String text) {
    return switch (text) {
      case "started" -> Situation::started;
      case "heard" -> situation -> situation.heard().isPresent();
      case "arrived" -> Situation::arrived;
      case "reached" -> situation -> situation.briefing().reached();
      case "silence" -> situation -> situation.silence(1);
      case "human-available" -> situation -> situation.briefing().operators() > 0;
      case "picked" -> situation -> new Slots(situation).picked().isPresent();
      case "time-taken" -> situation -> new Slots(situation).taken();
      case "stuck" -> Situation::stuck;
      case "answered" -> Situation::answered;
      case "follow-up" -> Situation::followUp;
      case "over-budget" -> Situation::overBudget;
      default -> throw unknown(text);
    };
  }

  private static Predicate<Situation> about(String sort, String rest) {
    int equals = rest.indexOf('=');
    var name = equals < 0 ? rest : rest.substring(0, equals);
    var value = equals < 0 ? "" : rest.substring(equals + 1);
    return switch (sort) {
      case "signal" -> situation -> situation.signal(name, value);
      case "fact" -> situation -> situation.fact(name, value);
      case "confirmed" -> situation -> situation.fact("confirmed." + rest, "yes");
      case "declined" -> situation -> situation.fact("confirmed." + rest, "no");
      case "consent" -> situation -> situation.consent(name, value);
      case "asked" -> situation -> situation.asked(rest);
      case "done" -> situation -> situation.done(rest);
      case "failed" -> situation -> situation.failed(rest);
      case "refused" -> situation -> situation.refused(name, value);
      case "pending" -> situation -> situation.pending(rest);
      case "may" -> situation -> situation.briefing().may().contains(rest);
      case "role-was" -> situation -> situation.startedAfter(rest);
      case "newer" -> situation -> situation.newer(name, value);
      case "taken" -> situation -> situation.notes().taken().contains(rest);
      case "said" -> situation -> situation.notes().said().contains(rest);
      case "silence" -> {
        int count = Integer.parseInt(rest);
        yield situation -> situation.silence(count);
      }
      default -> throw unknown(sort + ":" + rest);
    };
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException("\"" + text + "\" is no condition of a playbook");
  }
}
