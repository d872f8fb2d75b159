package baton.handoff.gate;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Signal;
import baton.handoff.policy.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Has the buyer allowed it? Ambiguity counts as no; an opt-out stops everything but the sentence
/// that confirms it.
final class ConsentCheck {
  private static final String NAME = "consent";

  /// The least confidence, in percent, at which a yes is taken for one.
  private static final int SURE = 60;

  private ConsentCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var found = new ArrayList<Finding>(2);
    optOut(found, inquiry);
    if (!inquiry.proposal().role().equals(Role.ENGINE)) needed(found, inquiry);
    if (inquiry.proposal().action() instanceof Action.InterpretConsent reading) {
      supported(found, inquiry, reading);
    }
    return found.isEmpty() ? List.of(Finding.permit(NAME)) : found;
  }

  private static void optOut(List<Finding> found, Inquiry inquiry) {
    boolean optedOut = inquiry.state().known().optedOut() || inquiry.now().standing().optedOut();
    if (!optedOut || inquiry.despiteOptOut()) return;
    if (inquiry.proposal().action() instanceof Action.Close) return;
    found.add(Finding.of(NAME, Verdict.DENY, Clause.ENGINE, "opted-out", Map.of()));
  }

  private static void needed(List<Finding> found, Inquiry inquiry) {
    for (var rule : inquiry.policy().consents().getOrDefault(inquiry.kind(), List.of())) {
      missing(found, inquiry, rule.purpose(), rule.clause());
    }
    switch (inquiry.proposal().action()) {
      case Action.RequestHandOff(var to, _) -> edge(found, inquiry, to);
      case Action.TransferToHuman _ -> edge(found, inquiry, Role.HUMAN);
      case Action _ -> {}
    }
  }

  private static void edge(List<Finding> found, Inquiry inquiry, Role to) {
    inquiry
        .policy()
        .transition(inquiry.proposal().role(), to)
        .ifPresent(edge ->
            edge.consents().stream()
                .sorted()
                .forEach(purpose -> missing(found, inquiry, purpose, edge.clause())));
  }

  /// Not asked, or not clear: not yet. Refused or withdrawn: no.
  private static void missing(List<Finding> found, Inquiry inquiry, String purpose, Clause clause) {
    var consent = inquiry.state().known().consents().get(purpose);
    var verdict =
        consent == null
            ? Verdict.DEFER
            : switch (consent.state()) {
              case GRANTED -> Verdict.PERMIT;
              case UNCLEAR -> Verdict.DEFER;
              case REFUSED, WITHDRAWN -> Verdict.DENY;
            };
    if (verdict == Verdict.PERMIT) return;
    found.add(Finding.of(NAME, verdict, clause, "consent-missing", Map.of("purpose", purpose)));
  }

  /// A yes must have been said, clearly, in answer to this very question. A no is always believed.
  private static void supported(
      List<Finding> found, Inquiry inquiry, Action.InterpretConsent reading) {
    var heard = inquiry.state().known().heard();
    boolean evident = heard.isPresent() && heard.get().seq() == reading.evidence();
    boolean supported =
        evident
            && (reading.state() != Consent.State.GRANTED
                || (heard.get().answering().equals("consent." + reading.purpose())
                    && heard.get().confidence() >= SURE
                    && isPlainYes(heard.get().signals())));
    if (supported) return;
    var details = Map.of("purpose", reading.purpose());
    found.add(Finding.of(NAME, Verdict.DENY, Clause.ENGINE, "consent-not-supported", details));
  }

  /// One clear yes, and nothing that takes it back.
  public static boolean isPlainYes(List<Signal> signals) {
    boolean yes = false;
    for (var signal : signals) {
      switch (signal.name()) {
        case Signal.YES -> yes |= signal.confidence() >= SURE;
        case Signal.NO, Signal.VAGUE, Signal.OPT_OUT, Signal.WITHDRAW_CONSENT -> {
          return false;
        }
        default -> {}
      }
    }
    return yes;
  }
}
