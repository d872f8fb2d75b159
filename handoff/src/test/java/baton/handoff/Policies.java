package baton.handoff;

import static baton.handoff.PolicySketch.scope;

import baton.handoff.action.Action;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.Autonomy.Level;
import baton.handoff.policy.Policy.SafeState;
import baton.handoff.policy.Policy.Transition.Needed;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The policy that the proofs are made with: small, and each of the thirteen checks has a clause in
/// it that can bite.
public final class Policies {
  private Policies() {}

  public static Policy sample() {
    return sketch().compile();
  }

  public static PolicySketch sketch() {
    var sketch = new PolicySketch();
    lines(sketch);
    roles(sketch);
    handOffs(sketch);
    guardrails(sketch);
    return sketch;
  }

  private static void lines(PolicySketch sketch) {
    sketch.line("moment", true, false).line("goodbye", true, false).line("silent", true, false);
    sketch.line("sorry", true, false).line("human-soon", true, false);
    sketch.line("stopped", true, true).line("disclosure-ai", false, false);
  }

  private static void roles(PolicySketch sketch) {
    for (var kind : Action.KINDS) sketch.level(kind, Level.BOUNDED, "");
    sketch.level("initiate-contact", Level.OFF, "");
    sketch.level("record", Level.ASSIST, "recording-lead");
    var fields = Set.of("product", "next-step");
    sketch.mandate(
        Role.BOOKING,
        scope(Role.BOOKING, Set.of(), Set.of("chat", "email"), Set.of(), -1),
        Set.of(
            "speak",
            "disclose",
            "ask-consent",
            "interpret-consent",
            "find-slots",
            "book",
            "reschedule",
            "cancel",
            "send-message",
            "schedule-follow-up",
            "record",
            "escalate",
            "request-hand-off",
            "transfer-to-human",
            "initiate-contact",
            "close"),
        Set.of("concede", "take-commitment", "raise-urgency"));
    sketch.mandate(
        Role.TRANSFER,
        scope(Role.TRANSFER, Set.of(), Set.of("chat"), fields, -1),
        Set.of(
            "speak",
            "disclose",
            "ask-consent",
            "interpret-consent",
            "write-crm",
            "escalate",
            "request-hand-off",
            "transfer-to-human",
            "close"),
        Set.of("concede", "take-commitment", "raise-urgency"));
    sketch.mandate(
        Role.CLOSING,
        scope(Role.CLOSING, Set.of("team", "pro"), Set.of("chat"), fields, 1_000_000),
        Set.of(
            "speak",
            "disclose",
            "ask-consent",
            "interpret-consent",
            "quote",
            "concede",
            "request-commitment",
            "take-commitment",
            "write-crm",
            "escalate",
            "schedule-follow-up",
            "request-hand-off",
            "transfer-to-human",
            "close"),
        Set.of("raise-urgency", "book"));
    sketch.mandate(
        Role.HUMAN,
        scope(Role.HUMAN, Set.of("*"), Set.of("*"), Set.of("*"), -1),
        Set.copyOf(Action.KINDS),
        Set.of());
  }

  private static void handOffs(PolicySketch sketch) {
    sketch.edge(
        new Policy.Transition(
            PolicySketch.clause("edge.booking.transfer"),
            Role.BOOKING,
            Role.TRANSFER,
            List.of(new Needed("product", 60)),
            Set.of("meeting"),
            Set.of("data-use"),
            Set.of("product", "booking"),
            2,
            Duration.ofSeconds(30),
            SafeState.RETURN));
    sketch.edge(Role.TRANSFER, Role.CLOSING, SafeState.HUMAN, 2);
    sketch.edge(Role.CLOSING, Role.TRANSFER, SafeState.CLOSE, 1);
    sketch.edge(Role.BOOKING, Role.HUMAN, SafeState.RETURN, 2);
    sketch.edge(Role.TRANSFER, Role.HUMAN, SafeState.RETURN, 2);
    sketch.edge(Role.CLOSING, Role.HUMAN, SafeState.RETURN, 2);
  }

  private static void guardrails(PolicySketch sketch) {
    sketch.roleRight("concede", Role.CLOSING, "percent", 10);
    sketch.operatorRight("concede", "discount-lead", "percent", 25);
    sketch.roleRight("take-commitment", Role.CLOSING, "amount", 500_000);
    sketch.operatorRight("take-commitment", "order-desk", "amount", 2_000_000);
    sketch.limit("concede", "concessions", 2, Verdict.DENY);
    sketch.limit("speak", "turns", 50, Verdict.ESCALATE);
    sketch.limit("request-hand-off", "hand-offs", 6, Verdict.ESCALATE);
    sketch.disclosure("speak", "ai", "disclosure-ai", true);
    sketch.disclosure("book", "ai", "disclosure-ai", true);
    sketch.disclosure("quote", "ai", "disclosure-ai", true);
    sketch.consent("book", "contact").consent("write-crm", "data-use");
    sketch.consent("send-message", "follow-up");
    sketch.hours("send-message", 8, 20, true).hours("initiate-contact", 8, 20, false);
    sketch.certain("book", 50, Set.of("choice"));
    sketch.fair("speak", "unanswered", 3).fair("concede", "percent", 30);
    sketch.words(Signal.CLAIM, Set.of("guaranteed-return"), Set.of(), Verdict.DENY);
    sketch.words(Signal.PROMISE, Set.of(), Set.of(Role.CLOSING), Verdict.ESCALATE);
    sketch.words(Signal.PRESSURE, Set.of(), Set.of(), Verdict.DENY);
    sketch.custom(
        "quote",
        "large-teams",
        inquiry -> inquiry.proposal().action() instanceof Action.Quote(_, var seats) && seats > 500,
        Verdict.ESCALATE);
    sketch.freshness.put("*", Duration.ofHours(24));
    sketch.freshness.put("quote.total", Duration.ofMinutes(30));
  }

  static Value usd(long minor) {
    return Value.of(new baton.handoff.fact.Money("USD", minor));
  }
}
