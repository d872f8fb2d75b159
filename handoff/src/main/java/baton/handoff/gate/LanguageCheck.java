package baton.handoff.gate;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// May it be said in these words? Judged on what the interpreter read in them, never on the text.
final class LanguageCheck {
  private static final String NAME = "language";
  private static final List<String> QUOTED = List.of("quote.total", "quote.list");
  private static final List<String> GIVEN = List.of("quote.percent");
  private static final Value NO_FIGURE = Value.of(0);

  private LanguageCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var words =
        switch (inquiry.proposal().action()) {
          case Action.Spoken spoken -> spoken.words();
          case Action.SendMessage(_, var message) -> message;
          case Action _ -> new Words.Line("");
        };
    return switch (words) {
      case Words.Line _ -> List.of(Finding.permit(NAME));
      case Words.Own(_, var features) -> own(inquiry, features);
    };
  }

  private static List<Finding> own(Inquiry inquiry, List<Signal> features) {
    var role = inquiry.proposal().role();
    var found = new ArrayList<Finding>(1);
    for (var feature : features) {
      for (var rule : inquiry.policy().language()) {
        boolean about =
            rule.signal().equals(feature.name())
                && (rule.values().isEmpty() || rule.values().contains(feature.value().shown()))
                && (rule.roles().isEmpty() || rule.roles().contains(role));
        if (about) {
          boolean first = rule.reframe() && inquiry.state().counted().of("reframed") == 0;
          found.add(
              Finding.of(
                  NAME,
                  first ? Verdict.DENY : rule.then(),
                  rule.clause(),
                  first ? Finding.REFRAME : "language",
                  Map.of("signal", feature.name(), "value", feature.value().shown())));
        }
      }
      if (!role.equals(Role.HUMAN)) {
        unheardOf(inquiry, feature)
            .map(code ->
                Finding.of(
                    NAME,
                    Verdict.DENY,
                    Clause.ENGINE,
                    code,
                    Map.of("value", feature.value().shown())))
            .ifPresent(found::add);
      }
    }
    return found.isEmpty() ? List.of(Finding.permit(NAME)) : found;
  }

  /// A price or a percentage off may be named only as the open quote has it.
  private static Optional<String> unheardOf(Inquiry inquiry, Signal feature) {
    var said = feature.value();
    if (feature.name().equals(Signal.PRICE) && isNotQuoted(inquiry, QUOTED, said)) {
      return Optional.of("price-not-quoted");
    }
    // Without a figure nothing is given away.
    boolean off = feature.name().equals(Signal.DISCOUNT) && !said.equals(NO_FIGURE);
    return off && isNotQuoted(inquiry, GIVEN, said)
        ? Optional.of("discount-not-quoted")
        : Optional.empty();
  }

  private static boolean isNotQuoted(Inquiry inquiry, List<String> names, Value value) {
    for (var name : names) {
      var fact = inquiry.state().known().facts().get(name);
      if (fact != null
          && fact.source() == Fact.Source.TOOL
          && fact.freshAt(inquiry.now().at())
          && fact.value().equals(value)) {
        return false;
      }
    }
    return true;
  }
}
