package baton.runtime.view;

import baton.handoff.Approval;
import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.Proposal;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.action.Words;
import baton.handoff.agent.Origin;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy.SafeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A journal made by hand: a greeting, a disclosure, a refused and an escalated concession, a
/// take-over and the end.
final class Journal {
  static final ConversationId ID = new ConversationId("default", "c1");
  static final Instant NOON = Instant.parse("2026-11-20T17:00:00Z");
  private static final Role CLOSING = Role.CLOSING;

  private final List<Entry> entries = new ArrayList<>();
  private long seq;

  static List<Entry> whole() {
    var journal = new Journal();
    journal.opening();
    journal.talk();
    journal.concessions();
    journal.end();
    return journal.entries;
  }

  /// The first part of it: nothing is settled yet, and a permit and an approval are open.
  static List<Entry> begun() {
    var journal = new Journal();
    journal.opening();
    journal.talk();
    journal.concessions();
    return journal.entries;
  }

  static Sight sight(Sight.Reader reader) {
    return new Sight(
        reader,
        sealed ->
            sealed.ciphertext().isEmpty() ? Optional.empty() : Optional.of(sealed.ciphertext()),
        (policy, line) ->
            policy.equals("p1") && line.equals("disclosure-ai")
                ? Optional.of("I am an automated assistant.")
                : Optional.empty());
  }

  private void opening() {
    var buyer =
        new Command.Buyer(
            "s1",
            "hmac",
            sealed("Ada"),
            Optional.empty(),
            Optional.of(sealed("ada@example.org")),
            "America/Denver",
            "",
            "smb");
    step(
        new Event.Opened("inbound-trial", "chat", buyer),
        new Event.PolicyMoved("", "p1"),
        new Event.ContactBegan("chat"),
        new Event.Granted(CLOSING, "", Role.ENGINE, 1));
  }

  private void talk() {
    long heard = seq + 1;
    var seats = new Signal(Signal.SEATS, Value.of(20), 90, 9, 11);
    var facts = new TreeMap<String, Fact>();
    facts.put("seats", fact(Value.of(20), Fact.Source.BUYER, 90, heard));
    facts.put("name", fact(Value.of(sealed("Ada")), Fact.Source.BUYER, 80, heard));
    facts.put("mood", fact(Value.of("keen"), Fact.Source.AGENT, 40, heard));
    step(
        new Event.Heard("m1", "hmac", sealed("We want 20 seats"), List.of(seats), 95, ""),
        new Event.Observed(facts),
        new Event.Asked(CLOSING, 1, 1, NOON.plusSeconds(20)));
    var disclose = new Action.Disclose("ai", new Words.Line("disclosure-ai"));
    var origin =
        Optional.of(new Origin("sales", "model-1", "5eed", 812, 44, 731, List.of("rounds")));
    step(
        new Command.Answer(CLOSING, 1, heard + 2, List.of(disclose), origin, Optional.empty()),
        new Event.Answered(heard + 2, 1, origin),
        proposed(disclose),
        decided(Verdict.PERMIT, Optional.of(disclose), nothingAgainst()));
    settle(disclose, Outcome.confirmed());
    var speak = new Action.Speak(new Words.Own(sealed("May I keep your data?"), List.of()), "");
    step(proposed(speak), decided(Verdict.PERMIT, Optional.of(speak), nothingAgainst()));
    settle(speak, new Outcome.Failed("hung-up"));
    step(
        new Event.ConsentChanged(
            "contact", new Consent(Consent.State.UNCLEAR, NOON.plusSeconds(1), heard)));
  }

  private void concessions() {
    var twelve = new Action.Concede("q-1", 12);
    step(
        proposed(twelve),
        decided(
            Verdict.DENY,
            Optional.empty(),
            nothingAgainst(),
            finding(
                "rights",
                Verdict.DENY,
                "rights.concede",
                "right-exceeded",
                Map.of("limit", "10", "measure", "percent"))));
    var eight = new Action.Concede("q-1", 8);
    step(
        proposed(eight),
        decided(
            Verdict.ESCALATE,
            Optional.empty(),
            finding(
                "rights",
                Verdict.ESCALATE,
                "rights.concede",
                "right-needed",
                Map.of("right", "discount", "limit", "10", "measure", "percent"))),
        opened(eight, seq + 1));
    var order = new Action.TakeCommitment("q-1", new Money("USD", 480_000));
    step(proposed(order), decided(Verdict.PERMIT, Optional.of(order), nothingAgainst()));
  }

  private void end() {
    step(
        new Event.Revoked(
            CLOSING, Role.HUMAN, 2, "", List.of(), SafeState.RETURN, NOON, "take-over"),
        new Event.Granted(Role.HUMAN, "operator", CLOSING, 3));
    step(new Event.Closed("done"));
  }

  private void step(Event... events) {
    step(new Command.Wake(), events);
  }

  private void step(Command command, Event... events) {
    var now =
        new Circumstances(
            NOON.plusSeconds(seq),
            Circumstances.Control.RUNNING,
            Circumstances.Standing.CLEAR,
            0,
            "p1",
            new Circumstances.Versions(1, "plain-1", "2026a"));
    entries.add(new Entry(seq + 1, command, now, List.of(events)));
    seq += events.length;
  }

  private long lastProposal;
  private long lastDecision;

  private Event proposed(Action action) {
    boolean answered = action instanceof Action.Disclose;
    lastProposal = seq + (answered ? 2 : 1);
    return new Event.Proposed(CLOSING, 1, action, Canonical.digest(action));
  }

  private Event decided(Verdict verdict, Optional<Action> permitted, Finding... findings) {
    lastDecision = lastProposal + 1;
    return new Event.Decided(lastProposal, verdict, List.of(findings), permitted.map(this::permit));
  }

  private Permit permit(Action action) {
    return new Permit(
        ID.numbered(lastDecision),
        lastDecision,
        lastProposal,
        action.kind(),
        Canonical.digest(action),
        "key-" + lastProposal,
        CLOSING,
        1,
        4,
        "p1",
        false,
        Optional.empty(),
        NOON.plusSeconds(60));
  }

  private Event opened(Action action, long proposal) {
    return new Event.ApprovalOpened(
        new Approval(
            proposal + 2,
            new Proposal(
                proposal,
                CLOSING,
                1,
                action,
                Canonical.digest(action),
                0,
                0,
                Proposal.Stage.QUEUED),
            "discount",
            List.of("quote"),
            NOON.plusSeconds(3600),
            new Approval.Standing.Open()));
  }

  private void settle(Action action, Outcome outcome) {
    step(
        new Event.Settled(
            ID.numbered(lastDecision),
            lastProposal,
            lastDecision,
            Canonical.digest(action),
            NOON,
            outcome));
  }

  static Sealed sealed(String clear) {
    return new Sealed("s1", "transcript", "digest-of-" + clear.length(), clear);
  }

  private static Fact fact(Value value, Fact.Source source, int confidence, long evidence) {
    return new Fact(value, source, evidence, confidence, NOON, NOON.plusSeconds(86_400));
  }

  private static Finding nothingAgainst() {
    return finding("control", Verdict.PERMIT, "engine", "nothing-against", Map.of());
  }

  static Finding finding(
      String check, Verdict verdict, String clause, String code, Map<String, String> details) {
    return new Finding(
        check, verdict, clause, "Head of Sales", code, new TreeMap<>(details), List.of());
  }
}
