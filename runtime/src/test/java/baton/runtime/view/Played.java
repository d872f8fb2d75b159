package baton.runtime.view;

import baton.handoff.Call;
import baton.handoff.Circumstances;
import baton.handoff.Circumstances.Control;
import baton.handoff.Circumstances.Standing;
import baton.handoff.Circumstances.Versions;
import baton.handoff.Command;
import baton.handoff.Command.Leave.How;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import baton.handoff.port.Claims;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A journal made by the kernel: a test plays the agents, the tools and the people.
public final class Played {
  public static final ConversationId ID = new ConversationId("default", "c1");
  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final Policy POLICY = policy(1_000);
  private static final Policy OTHER = policy(999);

  private final List<Entry> entries = new ArrayList<>();
  private State state = Conversation.blank(ID);
  private Policy policy = POLICY;
  private Control control = Control.RUNNING;
  private Instant at = NOON;
  private long claims;
  private int messages;

  private Played() {}

  /// Booking has the conversation and has been asked.
  public static Played opened() {
    var buyer =
        new Command.Buyer(
            "s1",
            "body",
            Journal.sealed("Ada"),
            Optional.empty(),
            Optional.empty(),
            "America/Denver",
            "",
            "");
    return new Played().when(new Command.Open("workload", "chat", buyer));
  }

  /// Booking greets, hears what the buyer wants, and passes on; transfer has accepted.
  public static Played passedOn() {
    return opened()
        .answers(say("Hello!"), say("What may I do for you?"))
        .performs()
        .hears("The team plan for 20", product("team"), seats(20))
        .answers(say("Gladly."), passOn(Role.TRANSFER))
        .performs()
        .accepts();
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  public Played hears(String text, Signal... signals) {
    String message = "m" + ++messages;
    return when(
        new Command.Hear(message, "body-" + message, Journal.sealed(text), List.of(signals), 90));
  }

  public Played answers(Action... actions) {
    var ask = call(Call.Ask.class);
    return when(new Command.Answer(ask.role(), ask.epoch(), ask.ask(), List.of(actions)));
  }

  /// The first permit that waits is claimed and its effect takes place.
  public Played performsOne() {
    return settles(Outcome.confirmed());
  }

  public Played settles(Outcome outcome) {
    var permit = call(Call.Perform.class).permit();
    return when(new Command.Settle(permit.id(), ++claims, permit.digest(), at, outcome));
  }

  /// All that is permitted takes place.
  public Played performs() {
    while (!calls(Call.Perform.class).isEmpty()) performsOne();
    return this;
  }

  public Played cannotClaim(Claims.Reason reason) {
    return when(new Command.Unclaimed(call(Call.Perform.class).permit().id(), reason));
  }

  public Played accepts() {
    var offer = call(Call.Offer.class);
    return when(new Command.Reply(offer.to(), offer.epoch(), true, ""));
  }

  public Played refuses(String reason) {
    var offer = call(Call.Offer.class);
    return when(new Command.Reply(offer.to(), offer.epoch(), false, reason));
  }

  public Played takenOver() {
    return when(new Command.TakeOver("operator"));
  }

  public Played leaves(How how) {
    return when(new Command.Leave(how));
  }

  public Played handedBack() {
    return when(new Command.HandBack("operator"));
  }

  public Played closed() {
    return when(new Command.End("operator", "done"));
  }

  /// A pause, as a conversation meets it: what was permitted cannot be claimed.
  public Played cannotClaimWhilePaused() {
    control = new Control(false, "engine", control.version() + 1);
    return cannotClaim(Claims.Reason.PAUSED);
  }

  public Played resumed() {
    control = new Control(true, "", control.version() + 1);
    return when(new Command.Wake());
  }

  public Played policyChanges() {
    policy = OTHER;
    return when(new Command.Wake());
  }

  public Played waits(int seconds) {
    at = at.plusSeconds(seconds);
    return when(new Command.Wake());
  }

  private Played when(Command command) {
    at = at.plusSeconds(2);
    var now =
        new Circumstances(
            at,
            control,
            Standing.CLEAR,
            0,
            policy.hash(),
            new Versions(Conversation.KERNEL, policy.lexicon(), "2026a"));
    switch (Step.take(state, command, now, policy)) {
      case Step.Taken taken -> {
        entries.add(taken.entry());
        state = taken.next();
      }
      case Step.Unchanged _ -> {}
      case Step.Rejected rejected -> throw new IllegalStateException(rejected.detail());
    }
    return this;
  }

  private <C extends Call> C call(Class<C> type) {
    return calls(type).getFirst();
  }

  private <C extends Call> List<C> calls(Class<C> type) {
    return Conversation.outbox(state).stream().filter(type::isInstance).map(type::cast).toList();
  }

  public static Action say(String text) {
    return new Action.Speak(new Words.Own(Journal.sealed(text), List.of()), "");
  }

  public static Action passOn(Role to) {
    return new Action.RequestHandOff(to, "done here");
  }

  public static Action tooMuch() {
    return new Action.Concede("q1", 12);
  }

  public static Signal optOut() {
    return new Signal(Signal.OPT_OUT, Value.of("stop"), 99, 0, 4);
  }

  static Signal product(String name) {
    return new Signal(Signal.PRODUCT, Value.of(name), 90, 4, 8);
  }

  static Signal seats(long count) {
    return new Signal(Signal.SEATS, Value.of(count), 90, 18, 20);
  }

  static Sealed sealed(String clear) {
    return Journal.sealed(clear);
  }

  private static Policy policy(int turnsMax) {
    try (var in = Played.class.getResourceAsStream("/views/workload.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String changed =
          text.replace("    bounceMax: 2", "    contract: [product, seats]\n    bounceMax: 2")
              .replace("atMost: 1000", "atMost: " + turnsMax);
      return PolicyCompiler.compile("workload.yaml", changed, Includes.samples())
          .orThrow()
          .policy();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
