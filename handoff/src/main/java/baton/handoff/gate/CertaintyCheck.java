package baton.handoff.gate;

import baton.handoff.Command;
import baton.handoff.Role;
import baton.handoff.State.Flight;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.policy.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Is enough known, surely and freshly enough? Whatever is not sure is not yet.
final class CertaintyCheck {
  private static final String NAME = "certainty";
  private static final String CONFIRMED = "confirmed.";

  private CertaintyCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var found = new ArrayList<Finding>(2);
    if (inquiry.proposal().action() instanceof Action.Spoken) heardAtAll(found, inquiry);
    if (inquiry.proposal().role().equals(Role.ENGINE)) {
      return found.isEmpty() ? List.of(Finding.permit(NAME)) : found;
    }
    var read = new ArrayList<String>();
    for (var rule : inquiry.policy().certainty().getOrDefault(inquiry.kind(), List.of())) {
      heardClearly(found, inquiry, rule.clause(), rule.confidence());
      rule.facts().stream()
          .sorted()
          .forEach(name -> known(found, read, inquiry, rule.clause(), name, 0));
    }
    switch (inquiry.proposal().action()) {
      case Action.RequestHandOff(var to, _) -> guard(found, read, inquiry, to);
      case Action.TransferToHuman _ -> guard(found, read, inquiry, Role.HUMAN);
      case Action.TakeCommitment _ -> {
        known(found, read, inquiry, Clause.ENGINE, "quote.total", 0);
        committed(found, read, inquiry);
      }
      case Action _ -> {}
    }
    outstanding(found, inquiry);
    var findings = found.isEmpty() ? List.of(Finding.permit(NAME)) : found;
    return read.isEmpty() ? findings : findings.stream().map(f -> f.reading(read)).toList();
  }

  /// Nobody speaks to an empty room.
  private static void heardAtAll(List<Finding> found, Inquiry inquiry) {
    var known = inquiry.state().known();
    if (known.contact().isPresent()) return;
    String why = known.gone().map(Command.Leave.How::word).orElse("nobody-there");
    found.add(Finding.of(NAME, Verdict.DENY, Clause.ENGINE, why, Map.of()));
  }

  private static void heardClearly(
      List<Finding> found, Inquiry inquiry, Clause clause, int confidence) {
    var heard = inquiry.state().known().heard();
    int sure = heard.isPresent() ? heard.get().confidence() : 0;
    if (sure >= confidence) return;
    var details =
        Map.of("confidence", Integer.toString(sure), "needed", Integer.toString(confidence));
    found.add(Finding.of(NAME, Verdict.DEFER, clause, "confidence-low", details));
  }

  /// The edge's facts and confirmations. The edge itself is the scope check's.
  private static void guard(List<Finding> found, List<String> read, Inquiry inquiry, Role to) {
    inquiry
        .policy()
        .transition(inquiry.proposal().role(), to)
        .ifPresent(edge -> {
          for (var needed : edge.requires()) {
            known(found, read, inquiry, edge.clause(), needed.fact(), needed.confidence());
          }
          edge.confirmations().stream()
              .sorted()
              .forEach(t -> known(found, read, inquiry, edge.clause(), CONFIRMED + t, 0));
        });
  }

  private static void known(
      List<Finding> found,
      List<String> read,
      Inquiry inquiry,
      Clause clause,
      String name,
      int confidence) {
    read.add(name);
    var fact = inquiry.state().known().facts().get(name);
    String code =
        fact == null
            ? "fact-missing"
            : fact.source() == Fact.Source.AGENT
                ? "fact-agent-only"
                : !fact.freshAt(inquiry.now().at())
                    ? "fact-stale"
                    : fact.confidence() < confidence
                        ? "fact-doubtful"
                        : name.startsWith(CONFIRMED) && !fact.value().shown().equals("yes")
                            ? "unconfirmed"
                            : "";
    if (code.isEmpty()) return;
    found.add(Finding.of(NAME, Verdict.DEFER, clause, code, Map.of("fact", name)));
  }

  /// The buyer's yes must be younger than what it says yes to.
  private static void committed(List<Finding> found, List<String> read, Inquiry inquiry) {
    String name = CONFIRMED + "commitment";
    known(found, read, inquiry, Clause.ENGINE, name, 0);
    var facts = inquiry.state().known().facts();
    var yes = facts.get(name);
    var total = facts.get("quote.total");
    if (yes != null && total != null && yes.evidence() < total.evidence()) {
      found.add(
          Finding.of(NAME, Verdict.DEFER, Clause.ENGINE, "unconfirmed", Map.of("fact", name)));
    }
  }

  /// While nobody knows what came of an effect, another of its kind might be the second.
  private static void outstanding(List<Finding> found, Inquiry inquiry) {
    for (var flight : inquiry.state().work().flights().values()) {
      if (flight.stage() == Flight.Stage.UNKNOWN
          && flight.permit().kind().equals(inquiry.kind())
          && flight.proposal().seq() != inquiry.proposal().seq()) {
        var details = Map.of("kind", inquiry.kind());
        found.add(Finding.of(NAME, Verdict.DEFER, Clause.ENGINE, "outcome-unknown", details));
      }
    }
  }
}
