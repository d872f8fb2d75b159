package baton.handoff.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Approval;
import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.Lease;
import baton.handoff.Permit;
import baton.handoff.PolicySketch;
import baton.handoff.Proposal;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.Story;
import baton.handoff.Vocabulary;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One inquiry, drawn with what a check reads of it. Booking holds the lease under epoch 2.
final class InquirySketch {
  final PolicySketch policy = new PolicySketch();
  private final TreeMap<String, Fact> facts = new TreeMap<>();
  private final TreeMap<String, Consent> consents = new TreeMap<>();
  private final TreeMap<String, Long> disclosed = new TreeMap<>();
  private final TreeMap<String, Long> counters = new TreeMap<>();
  private final TreeMap<String, State.Flight> flights = new TreeMap<>();
  private Optional<State.Left> left = Optional.empty();
  private final List<State.Contact> contacts =
      new ArrayList<>(List.of(new State.Contact("chat", Vocabulary.START, Optional.empty())));
  private Optional<State.Hearing> hearing = Optional.empty();
  private Optional<String> right = Optional.empty();
  private Lease lease = new Lease.Held(Role.BOOKING, 2);
  private Role role = Role.BOOKING;
  private long epoch = 2;
  private String zone = "UTC";
  private String segment = "";
  private Instant at = Vocabulary.START;
  private boolean running = true;
  private boolean optedOut;
  private int attempts;
  private String current = "p1";

  // --- the policy is the caller's to draw

  InquirySketch policy(java.util.function.Consumer<PolicySketch> change) {
    change.accept(policy);
    return this;
  }

  // --- the state

  InquirySketch fact(String name, Value value, Fact.Source source, int confidence) {
    facts.put(name, new Fact(value, source, 5, confidence, at, at.plusSeconds(60)));
    return this;
  }

  InquirySketch fact(String name, String value) {
    return fact(name, Value.of(value), Fact.Source.BUYER, 90);
  }

  InquirySketch consent(String purpose, Consent.State state) {
    consents.put(purpose, new Consent(state, at, 3));
    return this;
  }

  InquirySketch disclosed(String id, long under) {
    disclosed.put(id, under);
    return this;
  }

  InquirySketch counted(String measure, long count) {
    counters.put(measure, count);
    return this;
  }

  /// The buyer was last heard in event 7.
  InquirySketch heard(int confidence, String answering, Signal... signals) {
    hearing = Optional.of(new State.Hearing(7, List.of(signals), confidence, answering, at));
    return this;
  }

  /// The buyer has not come yet.
  InquirySketch nobodyThere() {
    contacts.clear();
    return this;
  }

  /// The buyer was there and went away in event 5.
  InquirySketch gone(Command.Leave.How how) {
    var contact = contacts.removeLast();
    contacts.add(new State.Contact(contact.channel(), contact.from(), Optional.of(at)));
    left = Optional.of(new State.Left(5, how));
    return this;
  }

  InquirySketch contact(String channel) {
    contacts.add(new State.Contact(channel, at, Optional.empty()));
    return this;
  }

  InquirySketch flight(Action action, State.Flight.Stage stage, long proposed) {
    var digest = Canonical.digest(action);
    var proposal =
        new Proposal(proposed, Role.BOOKING, 1, action, digest, 0, 0, Proposal.Stage.QUEUED);
    var permit =
        new Permit(
            "default.c1.8",
            8,
            proposed,
            action.kind(),
            digest,
            "k",
            Role.BOOKING,
            1,
            4,
            "p1",
            false,
            Optional.empty(),
            at);
    flights.put(permit.id(), new State.Flight(permit, proposal, stage));
    return this;
  }

  InquirySketch lease(Lease next) {
    lease = next;
    return this;
  }

  InquirySketch by(Role proposing) {
    role = proposing;
    return this;
  }

  /// The role proposes, and holds the lease.
  InquirySketch holder(Role holder) {
    lease =
        holder.equals(Role.HUMAN)
            ? new Lease.WithHuman("ann", Role.BOOKING, 2)
            : new Lease.Held(holder, 2);
    return by(holder);
  }

  InquirySketch epoch(long number) {
    epoch = number;
    return this;
  }

  InquirySketch zone(String name) {
    zone = name;
    return this;
  }

  InquirySketch segment(String name) {
    segment = name;
    return this;
  }

  InquirySketch approved(String name) {
    right = Optional.of(name);
    return this;
  }

  InquirySketch optedOut() {
    optedOut = true;
    return this;
  }

  // --- the circumstances

  InquirySketch at(String time) {
    at = Instant.parse(time);
    return this;
  }

  InquirySketch paused() {
    running = false;
    return this;
  }

  InquirySketch attempts(int count) {
    attempts = count;
    return this;
  }

  InquirySketch currentPolicy(String hash) {
    current = hash;
    return this;
  }

  // --- the question

  Inquiry proposing(Action action) {
    var digest = Canonical.digest(action);
    var stage = Proposal.Stage.QUEUED;
    var proposal = new Proposal(9, role, epoch, action, digest, 0, 20, stage);
    var buyer = Vocabulary.buyer(zone);
    var known = new State.Known(facts, consents, disclosed, "", hearing, contacts, optedOut, left);
    var work =
        new State.Work(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(proposal),
            flights,
            new TreeMap<>(),
            Optional.empty(),
            Optional.empty());
    var opening =
        new State.Opening(
            "inbound-trial",
            "chat",
            new Command.Buyer(
                buyer.subject(),
                buyer.body(),
                buyer.id(),
                buyer.phone(),
                buyer.email(),
                buyer.zone(),
                "",
                segment),
            Vocabulary.START);
    var counted = new State.Counted(counters, new TreeMap<>());
    var live = new State.Live(Story.ID, opening, 12, 4, "p1", lease, known, work, counted);
    var control =
        running
            ? Circumstances.Control.RUNNING
            : new Circumstances.Control(false, "campaign:inbound-trial", 3);
    var now =
        new Circumstances(
            at,
            control,
            new Circumstances.Standing(false, attempts),
            1,
            current,
            new Circumstances.Versions(1, "en-1", "2026a"));
    var approval =
        right.map(name ->
            new Approval(
                20,
                proposal,
                name,
                List.of(),
                at.plusSeconds(60),
                new Approval.Standing.Approved("lea")));
    return new Inquiry(policy.compile(), live, proposal, now, approval);
  }

  /// What this check found: `verdict code clause`, one a line.
  void expect(String check, Action action, String... findings) {
    var found =
        Gate.judge(proposing(action)).findings().stream()
            .filter(finding -> finding.check().equals(check))
            .map(f -> shown(f.verdict()) + " " + f.code() + " " + f.clause())
            .collect(Collectors.joining("\n"));
    assertEquals(String.join("\n", findings), found);
  }

  private static String shown(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
