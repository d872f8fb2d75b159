package baton.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import baton.handoff.Circumstances.Control;
import baton.handoff.Circumstances.Standing;
import baton.handoff.Circumstances.Versions;
import baton.handoff.action.Action;
import baton.handoff.agent.Part;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import baton.handoff.port.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Given what came before, when a command comes, then these events follow: one conversation as a
/// shell would run it, with a clock, controls and a policy that the test moves.
public final class Story {
  public static final ConversationId ID = new ConversationId("default", "c1");

  private final List<Entry> journal = new ArrayList<>();
  private State state = Conversation.blank(ID);
  private Policy policy;
  private Instant at = Vocabulary.START;
  private Control control = Control.RUNNING;
  private Standing standing = Standing.CLEAR;
  private Step last = new Step.Unchanged();
  private long claims;

  private Story(Policy policy) {
    this.policy = policy;
  }

  // --- given

  public static Story blank(Policy policy) {
    return new Story(policy);
  }

  public static Story opened() {
    return opened(Policies.sample());
  }

  public static Story opened(Policy policy) {
    return new Story(policy).when(Vocabulary.open());
  }

  /// The first holder has told the buyer what it is, and it is the buyer's turn.
  public static Story disclosed() {
    return disclosed(Policies.sample());
  }

  public static Story disclosed(Policy policy) {
    return opened(policy).answers(Vocabulary.disclose()).carriesOut();
  }

  /// Closing holds the conversation, has disclosed, and has a quote of 30,000 for the team product.
  public static Story quoted() {
    return quoted(Policies.sketch());
  }

  public static Story quoted(PolicySketch sketch) {
    sketch.start = Role.CLOSING;
    return disclosed(sketch.compile())
        .hears("m1", Vocabulary.product("team"), Vocabulary.seats(20))
        .answers(Vocabulary.quote(20))
        .carriesOut()
        .answers();
  }

  public Story policy(Policy next) {
    policy = next;
    return this;
  }

  public Story paused() {
    control = new Control(false, "engine", control.version() + 1);
    return this;
  }

  public Story resumed() {
    control = new Control(true, "", control.version() + 1);
    return this;
  }

  public Story standing(Standing next) {
    standing = next;
    return this;
  }

  public Story passes(Duration time) {
    at = at.plus(time);
    return this;
  }

  // --- when

  public Story when(Command command) {
    last = Step.take(state, command, now(), policy);
    if (last instanceof Step.Taken taken) {
      journal.add(taken.entry());
      state = taken.next();
    }
    return this;
  }

  public Story hears(String message, Signal... signals) {
    return when(heard(message, 90, signals));
  }

  public static Command.Hear heard(String message, int confidence, Signal... signals) {
    var text = Vocabulary.sealed(message);
    return new Command.Hear(message, "body-" + message, text, List.of(signals), confidence);
  }

  /// What the holder answers to the ask that is open.
  public Command.Answer answer(Action... actions) {
    var ask = live().work().ask().orElseThrow(() -> new AssertionError("nobody was asked"));
    var role = Evolution.holder(live().lease());
    return new Command.Answer(role, ask.epoch(), ask.seq(), List.of(actions));
  }

  public Story answers(Action... actions) {
    return when(answer(actions));
  }

  /// A part of an answer; there is more to come.
  public Story begins(Action... actions) {
    return when(part(true, actions));
  }

  public Command.Answer part(boolean goesOn, Action... actions) {
    var all = answer(actions);
    int number = live().work().unfinished().map(State.Unfinished::parts).orElse(0);
    return new Command.Answer(
        all.role(),
        all.epoch(),
        all.ask(),
        all.actions(),
        Optional.empty(),
        Optional.of(new Part(number, goesOn)));
  }

  public Story wakes() {
    return when(new Command.Wake());
  }

  /// The role that is offered the lease takes it.
  public Story accepts() {
    return when(reply(true));
  }

  public Command.Reply reply(boolean accepts) {
    if (!(live().lease() instanceof Lease.Passing passing)) throw new AssertionError("no offer");
    return new Command.Reply(passing.to(), passing.epoch(), accepts, accepts ? "" : "not-ready");
  }

  public Story settles(Outcome outcome) {
    return when(settle(flight().permit(), outcome));
  }

  public Command.Settle settle(Permit permit, Outcome outcome) {
    return new Command.Settle(permit.id(), ++claims, permit.digest(), at, outcome);
  }

  public Story unclaimed(Claims.Reason reason) {
    return when(new Command.Unclaimed(flight().permit().id(), reason));
  }

  /// Every permit is claimed and what it is for takes place, until nothing more is owed at once.
  public Story carriesOut() {
    while (open().isPresent()) {
      var action = flight().proposal().action();
      settles(Outcome.confirmed(tools(action)));
    }
    return this;
  }

  /// What the tools observe.
  static Map<String, Value> tools(Action action) {
    var facts = new TreeMap<String, Value>();
    switch (action) {
      case Action.FindSlots _ -> facts.put("slots", Value.of("slot-1 slot-2"));
      case Action.Book(var slot, _, _) -> facts.put("booking", Value.of("booked-" + slot));
      case Action.Quote(_, var seats) -> {
        facts.put("quote", Value.of("q1"));
        facts.put("quote.list", Policies.usd(1_500 * seats));
        facts.put("quote.total", Policies.usd(1_500 * seats));
      }
      case Action.Concede(_, var percent) ->
          facts.put("quote.total", Policies.usd(300L * (100 - percent)));
      case Action.TakeCommitment _ -> facts.put("order", Value.of("o1"));
      case Action _ -> {}
    }
    return facts;
  }

  // --- then

  /// Exactly these events, as [Shown] tells them.
  public Story then(String... events) {
    assertEquals(String.join("\n", events), String.join("\n", happened()));
    return this;
  }

  public List<String> happened() {
    return switch (last) {
      case Step.Taken(var entry, _, _, _) -> Shown.events(entry.events());
      case Step.Unchanged _ -> List.of();
      case Step.Rejected(var refusal, _) -> fail("rejected: " + refusal);
    };
  }

  public Story thenNothing() {
    assertEquals(new Step.Unchanged(), last);
    return this;
  }

  public Story thenRejected(Decision.Refusal refusal) {
    if (!(last instanceof Step.Rejected rejected)) return fail("was not rejected: " + last);
    assertEquals(refusal, rejected.refusal());
    return this;
  }

  public Story thenLease(Lease lease) {
    var found = state instanceof State.Closed(var closed, _) ? closed.lease() : live().lease();
    assertEquals(lease, found);
    return this;
  }

  /// Exactly these calls are owed, by the names of their types.
  public Story thenOwed(String... calls) {
    var owed = Conversation.outbox(state).stream().map(call -> call.getClass().getSimpleName());
    assertEquals(List.of(calls), owed.toList());
    return this;
  }

  // --- reading

  public Circumstances now() {
    var versions = new Versions(Conversation.KERNEL, "en-1", "2026a");
    return new Circumstances(at, control, standing, 1, policy.hash(), versions);
  }

  public State state() {
    return state;
  }

  public State.Live live() {
    if (state instanceof State.Live live) return live;
    throw new AssertionError("the conversation is not live");
  }

  public Policy policy() {
    return policy;
  }

  public Instant at() {
    return at;
  }

  public List<Entry> journal() {
    return journal;
  }

  public Step last() {
    return last;
  }

  /// Number of the last event of the last command.
  public long seq() {
    return state.seq();
  }

  /// Number of the event in which the buyer was last heard.
  public long hearing() {
    return live().known().heard().orElseThrow().seq();
  }

  public java.util.Optional<State.Flight> open() {
    var live = state instanceof State.Closed(var closed, _) ? closed : live();
    return live.work().flights().values().stream()
        .filter(flight -> flight.stage() == State.Flight.Stage.OPEN)
        .findFirst();
  }

  /// The one permit in flight, whatever its stage.
  public State.Flight flight() {
    var live = state instanceof State.Closed(var closed, _) ? closed : live();
    var flights = live.work().flights().values();
    return open()
        .orElseGet(() ->
            flights.stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is in flight")));
  }
}
