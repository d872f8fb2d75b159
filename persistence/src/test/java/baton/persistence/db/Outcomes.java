package baton.persistence.db;

import baton.handoff.Outcome;
import baton.handoff.fact.Value;
import java.util.TreeMap;

/// Outcomes as text, as far as these tests have any.
final class Outcomes {
  private Outcomes() {}

  static String write(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Confirmed(var facts) -> {
        var text = new StringBuilder("confirmed");
        facts.forEach(
            (name, value) -> text.append(':').append(name).append('=').append(value.shown()));
        yield text.toString();
      }
      case Outcome.Failed(var reason) -> "failed:" + reason;
      case Outcome.Unknown(var reason) -> "unknown:" + reason;
    };
  }

  static Outcome read(String text) {
    var parts = text.split(":");
    return switch (parts[0]) {
      case "failed" -> new Outcome.Failed(parts[1]);
      case "unknown" -> new Outcome.Unknown(parts[1]);
      default -> {
        var facts = new TreeMap<String, Value>();
        for (int i = 1; i < parts.length; i++) {
          var fact = parts[i].split("=");
          facts.put(fact[0], Value.of(fact[1]));
        }
        yield new Outcome.Confirmed(facts);
      }
    };
  }
}
