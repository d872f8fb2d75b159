package baton.handoff.gate;

import baton.handoff.Approval;
import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.Dice;
import baton.handoff.GeneratedAction;
import baton.handoff.Lease;
import baton.handoff.Permit;
import baton.handoff.Proposal;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.Vocabulary;
import baton.handoff.action.Canonical;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.SafeState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Inquiries by chance, more of them near the edges of the rules than life would bring.
final class GeneratedInquiry {
  private static final Role[] ROLES = {
    Role.BOOKING, Role.TRANSFER, Role.CLOSING, Role.HUMAN, Role.ENGINE, new Role("unheard-of")
  };
  private static final Role[] AGENTS = {Role.BOOKING, Role.TRANSFER, Role.CLOSING};

  private final Dice dice;
  private final Policy policy;
  private final Instant now;

  private GeneratedInquiry(Dice dice, Policy policy) {
    this.dice = dice;
    this.policy = policy;
    this.now = Vocabulary.START.plus(Duration.ofMinutes(dice.below(3 * 24 * 60)));
  }

  static Inquiry of(Dice dice, Policy policy) {
    return new GeneratedInquiry(dice, policy).inquiry();
  }

  private Inquiry inquiry() {
    var role = dice.chance(80) ? dice.oneOf(AGENTS) : dice.oneOf(ROLES);
    var action = GeneratedAction.action(dice, 7, ROLES);
    long epoch = dice.chance(95) ? 2 : 1;
    var stage = Proposal.Stage.QUEUED;
    var proposal = new Proposal(9, role, epoch, action, Canonical.digest(action), 0, 20, stage);
    var control =
        dice.chance(95)
            ? Circumstances.Control.RUNNING
            : new Circumstances.Control(false, "tenant:default", 4);
    var standing = new Circumstances.Standing(dice.chance(4), dice.below(5));
    var versions = new Circumstances.Versions(1, "en-1", "2026a");
    String hash = dice.chance(98) ? policy.hash() : "another";
    var circumstances = new Circumstances(now, control, standing, 1, hash, versions);
    return new Inquiry(policy, state(role), proposal, circumstances, approval(proposal));
  }

  private Optional<Approval> approval(Proposal proposal) {
    if (dice.chance(60)) return Optional.empty();
    var meant = dice.chance(85) ? proposal : other(proposal);
    var standing =
        dice.chance(85) ? new Approval.Standing.Approved("lea") : new Approval.Standing.Open();
    String right = dice.oneOf("lead-0", "lead-1", "discount-lead", "order-desk", "recording-lead");
    var until = now.plusSeconds(dice.between(-20, 200));
    return Optional.of(new Approval(20, meant, right, List.of(), until, standing));
  }

  private Proposal other(Proposal one) {
    return switch (dice.below(3)) {
      case 0 -> again(one, 8, one.epoch(), one.digest());
      case 1 -> again(one, one.seq(), one.epoch() - 1, one.digest());
      default -> again(one, one.seq(), one.epoch(), "another");
    };
  }

  private static Proposal again(Proposal one, long seq, long epoch, String digest) {
    return new Proposal(seq, one.role(), epoch, one.action(), digest, 0, 0, one.stage());
  }

  private State.Live state(Role proposing) {
    return new State.Live(
        ID,
        new State.Opening("inbound-trial", "chat", buyer(), Vocabulary.START),
        12,
        4,
        policy.hash(),
        lease(proposing),
        known(),
        work(),
        counted());
  }

  private static final baton.handoff.ConversationId ID = baton.handoff.Story.ID;

  private Command.Buyer buyer() {
    var buyer = Vocabulary.buyer(dice.oneOf("", "Europe/Berlin", "Asia/Tokyo", "Nowhere/Land"));
    return new Command.Buyer(
        buyer.subject(),
        buyer.body(),
        buyer.id(),
        buyer.phone(),
        buyer.email(),
        buyer.zone(),
        "",
        dice.oneOf("", "smb"));
  }

  private Lease lease(Role proposing) {
    if (dice.chance(85)) {
      return proposing.equals(Role.HUMAN)
          ? new Lease.WithHuman("ann", Role.BOOKING, 2)
          : new Lease.Held(proposing, 2);
    }
    return switch (dice.below(4)) {
      case 0 -> new Lease.Held(dice.oneOf(ROLES), 2);
      case 1 -> new Lease.WithHuman("ann", Role.BOOKING, 2);
      case 2 ->
          new Lease.Passing(proposing, Role.CLOSING, 2, "edge", List.of(), SafeState.RETURN, now);
      default -> new Lease.Nobody("silence", proposing, 2);
    };
  }

  private State.Known known() {
    var facts = new TreeMap<String, Fact>();
    for (var name :
        dice.some(70, "product", "choice", "quote", "confirmed.meeting", "confirmed.commitment")) {
      String said = name.startsWith("confirmed.") ? dice.oneOf("yes", "yes", "no") : "team";
      facts.put(name, fact(Value.of(said)));
    }
    if (dice.chance(70)) facts.put("quote.total", fact(amount()));
    if (dice.chance(30)) facts.put("quote.list", fact(amount()));
    if (dice.chance(20)) {
      var zone = Value.of(dice.oneOf("Europe/Berlin", "Asia/Tokyo", "Nowhere/Land"));
      facts.put("time-zone", fact(dice.chance(90) ? zone : Value.of(3)));
    }
    var consents = new TreeMap<String, Consent>();
    for (var purpose : dice.some(65, "contact", "data-use", "recording", "follow-up")) {
      var state = dice.chance(70) ? Consent.State.GRANTED : dice.oneOf(Consent.State.values());
      consents.put(purpose, new Consent(state, now, 3));
    }
    var disclosed = new TreeMap<String, Long>();
    for (var id : dice.some(75, "ai", "rec")) disclosed.put(id, (long) dice.between(1, 2));
    var contacts = new java.util.ArrayList<State.Contact>();
    if (dice.chance(95)) {
      String channel = dice.oneOf("chat", "chat", "phone");
      Optional<Instant> until = dice.chance(90) ? Optional.empty() : Optional.of(now);
      contacts.add(new State.Contact(channel, Vocabulary.START, until));
    }
    var how = dice.oneOf(Command.Leave.How.values());
    var left = contacts.stream().flatMap(c -> c.until().stream()).map(_ -> new State.Left(5, how));
    return new State.Known(
        facts, consents, disclosed, "", hearing(), contacts, dice.chance(4), left.findFirst());
  }

  private Value amount() {
    return dice.chance(90) ? Value.of(new Money("USD", dice.below(60) * 1_000L)) : Value.of("?");
  }

  private Fact fact(Value value) {
    var source = dice.chance(80) ? Fact.Source.BUYER : dice.oneOf(Fact.Source.values());
    var until = now.plusSeconds(dice.chance(85) ? 60 : dice.between(-60, 1));
    return new Fact(
        value,
        dice.chance(40) ? Fact.Source.TOOL : source,
        dice.below(9),
        dice.below(101),
        now,
        until);
  }

  private Optional<State.Hearing> hearing() {
    if (dice.chance(10)) return Optional.empty();
    var signals = dice.chance(50) ? List.of(Vocabulary.yes()) : GeneratedAction.signals(dice);
    String answering = dice.oneOf("", "consent.contact", "consent.data-use", "meeting");
    return Optional.of(new State.Hearing(7, signals, dice.between(40, 100), answering, now));
  }

  private State.Work work() {
    var flights = new TreeMap<String, State.Flight>();
    for (int i = dice.chance(15) ? 2 : 0; i > 0; i--) {
      var action = GeneratedAction.action(dice, 7, ROLES);
      String digest = Canonical.digest(action);
      long seq = dice.chance(80) ? 5 : 9;
      var proposal =
          new Proposal(seq, Role.BOOKING, 1, action, digest, 0, 0, Proposal.Stage.QUEUED);
      String id = ID.numbered(10 + i);
      var permit =
          new Permit(
              id,
              10 + i,
              seq,
              action.kind(),
              digest,
              "key",
              Role.BOOKING,
              1,
              4,
              policy.hash(),
              false,
              Optional.empty(),
              now);
      flights.put(id, new State.Flight(permit, proposal, dice.oneOf(State.Flight.Stage.values())));
    }
    return new State.Work(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        flights,
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty());
  }

  private State.Counted counted() {
    var counters = new TreeMap<String, Long>();
    for (var measure :
        dice.some(
            60,
            "turns",
            "speech",
            "rounds",
            "silences",
            "concessions",
            "hand-offs",
            "retries",
            "tokens",
            "unanswered",
            "voiced",
            "kind:book",
            "kind:concede",
            "kind:quote")) {
      counters.put(measure, (long) dice.below(6));
    }
    for (var from : AGENTS) {
      for (var to : ROLES) {
        if (dice.chance(30)) counters.put("hand-offs." + from + ">" + to, (long) dice.below(4));
      }
    }
    return new State.Counted(counters, new TreeMap<>());
  }
}
