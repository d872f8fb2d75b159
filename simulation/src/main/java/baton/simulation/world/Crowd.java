package baton.simulation.world;

import baton.handoff.Command;
import baton.handoff.Command.Leave.How;
import baton.handoff.ConversationId;
import baton.handoff.Lease;
import baton.handoff.State;
import baton.handoff.action.Words;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.handoff.port.Controls.Scope.Level;
import baton.simulation.history.Occurrence;
import baton.simulation.history.Occurrence.Operation;
import baton.simulation.history.Occurrence.Result;
import baton.simulation.world.Supervisor.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Everybody outside: buyers who say anything, operators who pause, take over, approve and look
/// things up, and somebody who changes the policy.
final class Crowd {
  private static final String TENANT = ConversationId.DEFAULT_TENANT;
  private static final String CAMPAIGN = "inbound-trial";
  private static final int AT_ONCE = 3;
  private static final int MESSAGES_MAX = 40;
  private static final int PAUSE_MAX_MILLIS = 60_000;
  private static final int ATTEST_AGAIN_MILLIS = 1_000;

  private final Dice dice;
  private final Agenda agenda;
  private final Cluster cluster;
  private final List<PolicyDocument> policies;
  private final Consumer<Occurrence> watch;
  private final List<ConversationId> present = new ArrayList<>();
  private final List<Scope> paused = new ArrayList<>();
  private long conversations;
  private long operations;
  private long messages;

  Crowd(
      Dice dice,
      Agenda agenda,
      Cluster cluster,
      List<PolicyDocument> policies,
      Consumer<Occurrence> watch) {
    this.dice = dice;
    this.agenda = agenda;
    this.cluster = cluster;
    this.policies = policies;
    this.watch = watch;
  }

  /// Somebody does something.
  void act() {
    present.removeIf(id -> cluster.state(id) instanceof State.Closed && dice.chance(50));
    if (present.size() < AT_ONCE) {
      come();
      return;
    }
    var id = dice.oneOf(present);
    switch (dice.below(100)) {
      case 0 -> pause(id);
      case 1, 2 -> resume();
      case 3 -> activate();
      case 4 -> takeOver(id);
      case 5, 6 -> handBack(id);
      case 7 -> operatorSays(id);
      case 8, 9, 10, 11 -> resolve(id);
      case 12, 13 -> attest(id);
      case 14 -> tell(id, new Command.Arrive("chat"));
      case 15 -> tell(id, new Command.Wake());
      case 16 -> cluster.passivate(id);
      case 17 -> end(id);
      case 18 -> tell(id, new Command.Leave(dice.oneOf(How.values())));
      default -> say(id);
    }
  }

  /// Everybody lets go: nothing stays paused.
  void calm() {
    while (!paused.isEmpty()) resume();
    present.clear();
  }

  /// Whatever no tool can tell is looked up by a person.
  void attestAll() {
    for (long c = 1; c <= conversations; c++) attest(id(c));
  }

  /// Every conversation that there was.
  List<ConversationId> all() {
    var all = new ArrayList<ConversationId>();
    for (long c = 1; c <= conversations; c++) all.add(id(c));
    return all;
  }

  private static ConversationId id(long number) {
    return new ConversationId(TENANT, "c" + number);
  }

  private void come() {
    var id = id(++conversations);
    present.add(id);
    // Now and then somebody who has been here before.
    var subject = "s" + (dice.chance(80) ? conversations : Math.max(1, conversations - 2));
    var buyer =
        new Command.Buyer(
            subject,
            "body",
            new Sealed(subject, "identity", "digest-of-" + subject, "Y2lwaGVy"),
            Optional.empty(),
            Optional.empty(),
            dice.oneOf("", "Europe/Berlin", "America/Denver"),
            "",
            "");
    tell(id, new Command.Open(CAMPAIGN, "chat", buyer));
  }

  // --- the buyer

  private void say(ConversationId id) {
    if (!(cluster.state(id) instanceof State.Live live)) return;
    if (live.counted().of("turns") > MESSAGES_MAX) {
      end(id);
      return;
    }
    var message = "m" + ++messages;
    var subject = live.opening().buyer().subject();
    var text = new Sealed(subject, "transcript", "digest-of-" + message, "Y2lwaGVy");
    int confidence = dice.chance(85) ? 100 : dice.between(20, 100);
    var hear = new Command.Hear(message, "body-" + message, text, signals(live), confidence);
    say(id, hear, 3);
  }

  /// Whoever hears nothing says it again.
  private void say(ConversationId id, Command.Hear hear, int tries) {
    long number = ++operations;
    watch.accept(
        new Occurrence.Invoked(
            agenda.instant(), number, new Operation.Say(id, hear.message(), hear.body())));
    var answered = new boolean[1];
    cluster.tell(
        id,
        hear,
        answer -> {
          if (answered[0]) return;
          answered[0] = true;
          returned(number, result(answer));
          if (answer instanceof Answer.Unknown && tries > 1) say(id, hear, tries - 1);
        });
    agenda.in(
        5_000,
        () -> {
          if (answered[0]) return;
          answered[0] = true;
          returned(number, Result.UNKNOWN);
          if (tries > 1) say(id, hear, tries - 1);
        });
  }

  private static Result result(Answer answer) {
    return switch (answer) {
      case Answer.Done(baton.handoff.Step.Rejected _) -> Result.FAIL;
      case Answer.Done _ -> Result.OK;
      case Answer.Unknown _ -> Result.UNKNOWN;
    };
  }

  private List<Signal> signals(State.Live live) {
    var signals = new ArrayList<Signal>();
    boolean asked = !live.known().question().isEmpty();
    if (asked && dice.chance(75)) signals.add(signal(Signal.YES, Value.of("yes")));
    if (dice.chance(40)) {
      signals.add(signal(Signal.PRODUCT, Value.of("team")));
      signals.add(signal(Signal.SEATS, Value.of(dice.between(1, 300))));
    }
    if (dice.chance(12)) {
      var name =
          dice.oneOf(
              Signal.NO,
              Signal.VAGUE,
              Signal.WANT_HUMAN,
              Signal.OBJECTION,
              Signal.CLAIMS_AUTHORITY,
              Signal.INSTRUCTION,
              Signal.ANGER);
      signals.add(signal(name, Value.of(name)));
    }
    if (dice.chance(2)) signals.add(signal(Signal.OPT_OUT, Value.of("stop")));
    if (dice.chance(2)) signals.add(signal(Signal.WITHDRAW_CONSENT, Value.of("contact")));
    return signals;
  }

  private Signal signal(String name, Value value) {
    return new Signal(name, value, dice.chance(90) ? 90 : dice.between(20, 90), 0, 1);
  }

  // --- operators

  private void pause(ConversationId id) {
    var scope =
        switch (dice.below(5)) {
          case 0 -> new Scope(Level.ENGINE, "");
          case 1 -> new Scope(Level.TENANT, TENANT);
          case 2 -> new Scope(Level.CAMPAIGN, CAMPAIGN);
          case 3 -> new Scope(Level.ROLE, dice.oneOf("booking", "transfer", "closing"));
          default -> new Scope(Level.CONVERSATION, id.id());
        };
    control(scope, Mode.PAUSED);
    paused.add(scope);
    agenda.in(dice.between(1, PAUSE_MAX_MILLIS), this::resume);
  }

  private void resume() {
    if (paused.isEmpty()) return;
    control(paused.removeFirst(), Mode.RUNNING);
  }

  private void control(Scope scope, Mode mode) {
    long number = ++operations;
    watch.accept(
        new Occurrence.Invoked(agenda.instant(), number, new Operation.Control(scope, mode)));
    cluster.disk().controls().set(TENANT, scope, mode, "because", "ann");
    returned(number, Result.OK);
    cluster.wakeAll();
  }

  private void activate() {
    var policy = dice.oneOf(policies);
    long number = ++operations;
    watch.accept(
        new Occurrence.Invoked(
            agenda.instant(), number, new Operation.Activate(CAMPAIGN, policy.policy().hash())));
    cluster.disk().policies().activate(TENANT, policy, "ann");
    returned(number, Result.OK);
    cluster.wakeAll();
  }

  private void takeOver(ConversationId id) {
    long number = ++operations;
    watch.accept(
        new Occurrence.Invoked(agenda.instant(), number, new Operation.TakeOver(id, "ann")));
    var answered = new boolean[1];
    cluster.tell(
        id,
        new Command.TakeOver("ann"),
        answer -> {
          if (answered[0]) return;
          answered[0] = true;
          returned(number, result(answer));
        });
  }

  private void handBack(ConversationId id) {
    if (cluster.state(id) instanceof State.Live live
        && live.lease() instanceof Lease.WithHuman(var operator, _, _)) {
      tell(id, new Command.HandBack(operator));
    }
  }

  private void operatorSays(ConversationId id) {
    var words = new Words.Own(new Sealed("s1", "transcript", "digest-of-hers", "eA=="), List.of());
    var message = "o" + ++messages;
    tell(id, new Command.Say(message, "body-" + message, "ann", words));
  }

  private void resolve(ConversationId id) {
    if (!(cluster.state(id) instanceof State.Live live)) return;
    var open = live.work().approvals().keySet();
    if (open.isEmpty()) return;
    tell(id, new Command.Resolve(open.iterator().next(), "lea", dice.chance(75), "because"));
  }

  /// A person looks into the outside world for what nobody knew, and says it again where nobody
  /// knows whether it was taken.
  private void attest(ConversationId id) {
    for (var claim : cluster.disk().claims().open(id)) {
      if (claim.outcome().isEmpty()) continue;
      var attest =
          new Command.Attest(claim.key(), claim.n(), claim.at(), "ann", dice.chance(50), "looked");
      cluster.tell(
          id,
          attest,
          answer -> {
            if (answer instanceof Answer.Unknown) agenda.in(ATTEST_AGAIN_MILLIS, () -> attest(id));
          });
    }
  }

  private void end(ConversationId id) {
    if (dice.chance(30)) tell(id, new Command.End("ann", "enough"));
  }

  private void tell(ConversationId id, Command command) {
    cluster.tell(id, command, _ -> {});
  }

  private void returned(long number, Result result) {
    watch.accept(
        new Occurrence.Returned(agenda.instant(), number, result, cluster.disk().claimed()));
  }
}
