package baton.handoff;

import baton.handoff.Decision.Nothing;
import baton.handoff.Decision.Refusal;
import baton.handoff.Decision.Rejected;
import baton.handoff.State.Blank;
import baton.handoff.State.Closed;
import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import baton.handoff.action.Action;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import baton.handoff.port.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One buyer's journey: at most one holder of the lease, and nothing happens that was not decided
/// here. Pure and total: every command has an answer in every state.
public final class Conversation {
  /// Version of the rules in this module. A change of what is decided raises it, and old journals
  /// are still decided by the rules that their entries name.
  public static final int KERNEL = 1;

  /// Messages in one conversation, over all its contacts.
  static final int MESSAGES_MAX = 1_000;

  /// Proposals in one answer of an agent; what is beyond is dropped.
  static final int PROPOSALS_MAX = 8;

  /// The least confidence, in percent, at which a yes or no counts as said.
  private static final int SURE = 60;

  /// The least confidence at which a wish to be left alone is believed. It is low: a mistake this
  /// way costs a sale, a mistake the other way calls a person who said no.
  private static final int STOP = 40;

  /// Signals that become facts of the same name.
  private static final Set<String> FACTS =
      Set.of(
          Signal.PRODUCT,
          Signal.SEATS,
          Signal.TIME,
          Signal.TIME_ZONE,
          Signal.CHOICE,
          Signal.NAME,
          Signal.EMAIL,
          Signal.PHONE,
          Signal.ASK_DISCOUNT,
          Signal.WANT_HUMAN,
          Signal.OBJECTION);

  private Conversation() {}

  public static State blank(ConversationId id) {
    return new Blank(id);
  }

  public static State evolve(State state, Event event, Instant at) {
    return Evolution.apply(state, event, at);
  }

  public static State evolve(State state, Entry entry) {
    for (var event : entry.events()) state = Evolution.apply(state, event, entry.now().at());
    return state;
  }

  public static List<Call> outbox(State state) {
    return Outbox.of(state);
  }

  /// When the next deadline falls, of a conversation that has one.
  public static Optional<Instant> dueAt(State state) {
    return state instanceof Live live ? Outbox.dueAt(live) : Optional.empty();
  }

  /// @param policy the campaign's active policy, whose hash `now` names
  public static Decision decide(State state, Command command, Circumstances now, Policy policy) {
    return switch (state) {
      case Blank blank -> blank(blank, command, now, policy);
      case Live live -> live(live, command, new Draft(live, now, policy));
      case Closed closed -> closed(closed, command, now, policy);
    };
  }

  private static Decision blank(Blank blank, Command command, Circumstances now, Policy policy) {
    return switch (command) {
      case Command.Open open -> open(new Draft(blank, now, policy), open);
      case Command.Hear _,
          Command.Say _,
          Command.Answer _,
          Command.Reply _,
          Command.Unclaimed _,
          Command.Settle _,
          Command.TakeOver _,
          Command.HandBack _,
          Command.End _,
          Command.Resolve _,
          Command.Wake _ ->
          new Rejected(Refusal.UNKNOWN, "there is no such conversation");
    };
  }

  private static Decision live(Live live, Command command, Draft draft) {
    return switch (command) {
      case Command.Open open -> openedAgain(live, open);
      case Command.Hear hear -> hear(draft, live, hear);
      case Command.Say say -> say(draft, live, say);
      case Command.Answer answer -> answer(draft, live, answer);
      case Command.Reply reply -> reply(draft, live, reply);
      case Command.Unclaimed unclaimed -> unclaimed(draft, live, unclaimed);
      case Command.Settle settle -> settle(draft, live, settle);
      case Command.TakeOver(var operator) -> takeOver(draft, live, operator);
      case Command.HandBack(var operator) -> handBack(draft, live, operator);
      case Command.End(_, var reason) -> end(draft, reason);
      case Command.Resolve resolve -> resolve(draft, live, resolve);
      case Command.Wake _ -> {
        draft.due();
        yield draft.proceed(true);
      }
    };
  }

  /// After the end only what was in flight can still be concluded.
  private static Decision closed(Closed closed, Command command, Circumstances now, Policy policy) {
    return switch (command) {
      case Command.Settle settle -> settle(new Draft(closed, now, policy), closed.last(), settle);
      case Command.Unclaimed unclaimed ->
          unclaimed(new Draft(closed, now, policy), closed.last(), unclaimed);
      case Command.Open open -> openedAgain(closed.last(), open);
      case Command.Hear hear -> repeated(closed.last(), hear.message(), hear.body());
      case Command.Say say -> repeated(closed.last(), say.message(), say.body());
      case Command.Answer _, Command.Reply _, Command.Wake _, Command.End _ -> new Nothing();
      case Command.TakeOver _, Command.HandBack _, Command.Resolve _ -> over();
    };
  }

  private static Rejected over() {
    return new Rejected(Refusal.CLOSED, "the conversation is closed; open a new one");
  }

  /// @return nothing to do, where the same message was taken before
  private static Decision repeated(Live live, String message, String body) {
    var before = live.counted().messages().get(message);
    if (before == null) return over();
    return before.equals(body) ? new Nothing() : otherBody();
  }

  private static Rejected otherBody() {
    return new Rejected(Refusal.CONFLICT, "this message id was used before with another body");
  }

  // --- the buyer

  private static Decision open(Draft draft, Command.Open open) {
    if (!draft.policy().channels().contains(open.channel())) {
      return new Rejected(Refusal.INVALID, "this campaign does not use that channel");
    }
    draft.add(new Event.Opened(open.campaign(), open.channel(), open.buyer()));
    draft.add(new Event.PolicyMoved("", draft.policy().hash()));
    draft.add(new Event.ContactBegan(open.channel()));
    draft.grant(draft.policy().start(), "");
    if (draft.now().standing().optedOut()) draft.optOut(0);
    return draft.proceed(false);
  }

  private static Decision openedAgain(Live live, Command.Open open) {
    var opening = live.opening();
    boolean same =
        opening.campaign().equals(open.campaign())
            && opening.channel().equals(open.channel())
            && opening.buyer().body().equals(open.buyer().body());
    return same
        ? new Nothing()
        : new Rejected(Refusal.CONFLICT, "this conversation id was used before with another body");
  }

  private static Decision hear(Draft draft, Live live, Command.Hear hear) {
    var before = live.counted().messages().get(hear.message());
    if (before != null) return before.equals(hear.body()) ? new Nothing() : otherBody();
    boolean stops = says(hear, Signal.OPT_OUT, STOP);
    // A first wish to be left alone is never too much.
    if (isFull(live) && (!stops || live.known().optedOut())) return full();
    String answering = live.known().question();
    long heard =
        draft.add(
            new Event.Heard(
                hear.message(),
                hear.body(),
                hear.text(),
                hear.signals(),
                hear.confidence(),
                answering));
    if (stops) {
      draft.optOut(heard);
      return draft.proceed(false);
    }
    var facts = facts(draft, hear, answering);
    withdraw(draft, hear, heard);
    draft.observe(facts);
    supersede(draft, heard);
    // Nobody holds the conversation: the buyer is at least told that a person will.
    if (draft.live().lease() instanceof Lease.Nobody) draft.say("human-soon");
    return draft.proceed(false);
  }

  private static boolean isFull(Live live) {
    return live.counted().messages().size() >= MESSAGES_MAX;
  }

  private static Rejected full() {
    return new Rejected(Refusal.CONFLICT, "this conversation has as many messages as one may have");
  }

  private static boolean says(Command.Hear hear, String signal, int confidence) {
    return hear.signals().stream()
        .anyMatch(s -> s.name().equals(signal) && s.confidence() >= confidence);
  }

  private static void withdraw(Draft draft, Command.Hear hear, long heard) {
    for (var signal : hear.signals()) {
      if (!signal.name().equals(Signal.WITHDRAW_CONSENT) || signal.confidence() < STOP) continue;
      String named = signal.value().shown();
      var consents = draft.live().known().consents();
      var purposes = consents.containsKey(named) ? Set.of(named) : consents.keySet();
      for (var purpose : List.copyOf(purposes)) {
        var withdrawn = new Consent(Consent.State.WITHDRAWN, draft.at(), heard);
        draft.add(new Event.ConsentChanged(purpose, withdrawn));
      }
    }
  }

  /// What the buyer's words show, as sure as they were heard.
  private static TreeMap<String, Fact> facts(Draft draft, Command.Hear hear, String answering) {
    var facts = new TreeMap<String, Fact>();
    for (var signal : hear.signals()) {
      String name = meant(signal, hear, answering);
      if (!FACTS.contains(name)) continue;
      int sure = Math.min(signal.confidence(), hear.confidence());
      var fact = draft.fact(signal.value(), Fact.Source.BUYER, sure, name);
      facts.merge(name, fact, (a, b) -> b.confidence() >= a.confidence() ? b : a);
    }
    if (!answering.isEmpty() && !answering.startsWith("consent.")) {
      plainAnswer(hear)
          .ifPresent(yes -> {
            String topic = "confirmed." + answering;
            var value = Value.of(yes ? "yes" : "no");
            facts.put(topic, draft.fact(value, Fact.Source.BUYER, hear.confidence(), topic));
          });
    }
    return facts;
  }

  /// The fact that a signal is about. A bare number counts what was asked for, and nothing else.
  private static String meant(Signal signal, Command.Hear hear, String answering) {
    String counted =
        switch (answering) {
          case "seats" -> Signal.SEATS;
          case "slots" -> Signal.CHOICE;
          default -> "";
        };
    if (counted.isEmpty() || !says(hear, Signal.NUMBER, 0)) return signal.name();
    return switch (signal.name()) {
      case Signal.NUMBER -> counted;
      case Signal.SEATS, Signal.CHOICE -> "";
      default -> signal.name();
    };
  }

  /// A yes or a no, if exactly one of them was said, and clearly.
  private static Optional<Boolean> plainAnswer(Command.Hear hear) {
    if (hear.confidence() < SURE || says(hear, Signal.VAGUE, 0)) return Optional.empty();
    boolean yes = says(hear, Signal.YES, SURE);
    boolean no = says(hear, Signal.NO, SURE);
    return yes == no ? Optional.empty() : Optional.of(yes);
  }

  /// New words make worthless what was thought before them.
  private static void supersede(Draft draft, long heard) {
    if (!(draft.live().lease() instanceof Lease.Held)) return;
    var work = draft.live().work();
    boolean open = work.flights().values().stream().anyMatch(f -> f.stage() == Flight.Stage.OPEN);
    if (work.ask().isPresent() || !work.queue().isEmpty() || open) {
      draft.add(new Event.Superseded(heard));
    }
  }

  // --- the agents

  private static Decision answer(Draft draft, Live live, Command.Answer answer) {
    boolean current =
        live.lease() instanceof Lease.Held(var role, var epoch)
            && role.equals(answer.role())
            && epoch == answer.epoch()
            && live.work().ask().map(State.Ask::seq).orElse(0L) == answer.ask()
            && draft.live().work().ask().isPresent();
    if (!current) {
      draft.add(new Event.Stale(answer.role(), answer.epoch(), "answer"));
      return draft.done();
    }
    var actions = answer.actions().subList(0, Math.min(answer.actions().size(), PROPOSALS_MAX));
    draft.add(new Event.Answered(answer.ask(), actions.size()));
    actions.forEach(action -> draft.propose(answer.role(), action));
    return draft.proceed(false);
  }

  private static Decision reply(Draft draft, Live live, Command.Reply reply) {
    if (!(live.lease() instanceof Lease.Passing passing)
        || passing.epoch() != reply.epoch()
        || passing.to().equals(Role.HUMAN) // a person answers by taking over
        || !passing.to().equals(reply.role())) {
      draft.add(new Event.Stale(reply.role(), reply.epoch(), "reply"));
      return draft.done();
    }
    if (reply.accepts()) draft.grant(passing.to(), "");
    else draft.failHandOff(passing, reply.reason());
    return draft.proceed(false);
  }

  // --- effects

  private static Decision unclaimed(Draft draft, Live live, Command.Unclaimed unclaimed) {
    var flight = live.work().flights().get(unclaimed.permit());
    if (flight == null) return new Nothing();
    // It was claimed, or nobody could be in doubt about its outcome: this comes late.
    if (flight.stage() == Flight.Stage.UNKNOWN) return new Nothing();
    boolean optedOut = unclaimed.reason() == Claims.Reason.OPTED_OUT;
    // The buyer said it elsewhere: here it holds too.
    if (optedOut && draft.isLive() && !live.known().optedOut()) {
      draft.add(new Event.Lapsed(unclaimed.permit(), flight.proposal().seq(), "opted-out"));
      draft.add(new Event.OptedOut(0));
      draft.release("opted-out");
      draft.close("opted-out");
      return draft.done();
    }
    draft.lapse(
        draft.current(flight),
        unclaimed.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return draft.proceed(false);
  }

  private static Decision settle(Draft draft, Live live, Command.Settle settle) {
    var flight = live.work().flights().get(settle.permit());
    if (flight == null) return new Nothing();
    if (!flight.permit().digest().equals(settle.digest())) {
      return new Rejected(Refusal.INVALID, "the outcome is of another action than the permit");
    }
    boolean again =
        flight.stage() == Flight.Stage.UNKNOWN && settle.outcome() instanceof Outcome.Unknown;
    if (again) return new Nothing();
    draft.add(
        new Event.Settled(
            settle.permit(),
            flight.proposal().seq(),
            settle.claim(),
            settle.digest(),
            settle.claimedAt(),
            settle.outcome()));
    if (!draft.isLive()) return draft.done();
    switch (settle.outcome()) {
      case Outcome.Confirmed(var values) -> confirmed(draft, flight, values);
      case Outcome.Failed failed -> {
        // When its outcome became unknown the rest was dropped; what waits now was thought later.
        boolean over = flight.stage() != Flight.Stage.UNKNOWN;
        if (over && !Evolution.isTriedAgain(live, flight, failed)) {
          draft.dropRest(flight.proposal().role(), "one before it did not take place");
        }
      }
      case Outcome.Unknown _ -> {
        draft.dropRest(flight.proposal().role(), "nobody knows what came of one before it");
        draft.add(new Event.Escalated("outcome-unknown"));
      }
    }
    return draft.proceed(false);
  }

  private static void confirmed(
      Draft draft, Flight flight, java.util.SortedMap<String, Value> values) {
    var facts = new TreeMap<String, Fact>();
    values.forEach(
        (name, value) -> facts.put(name, draft.fact(value, Fact.Source.TOOL, 100, name)));
    draft.observe(facts);
    boolean offered =
        flight.proposal().action() instanceof Action.TransferToHuman
            && draft.live().lease() instanceof Lease.Held
            && draft.live().lease().epoch() == flight.permit().epoch();
    if (!offered) return;
    var edge = draft.policy().transition(flight.proposal().role(), Role.HUMAN);
    var within = edge.map(Policy.Transition::answerWithin).orElse(draft.policy().timing().human());
    draft.revoke(Role.HUMAN, edge, within, "proposed");
    draft.say("human-soon");
  }

  // --- people on our side

  private static Decision say(Draft draft, Live live, Command.Say say) {
    var before = live.counted().messages().get(say.message());
    if (before != null) return before.equals(say.body()) ? new Nothing() : otherBody();
    if (!(live.lease() instanceof Lease.WithHuman(var operator, _, _))
        || !operator.equals(say.operator())) {
      return new Rejected(Refusal.CONFLICT, "take the conversation over before you speak");
    }
    if (isFull(live)) return full();
    draft.add(new Event.HumanSaid(say.message(), say.body(), say.operator()));
    draft.propose(Role.HUMAN, new Action.Speak(say.words(), ""));
    return draft.proceed(false);
  }

  /// The same protocol as between roles, started by a person: the old lease is revoked first.
  private static Decision takeOver(Draft draft, Live live, String operator) {
    if (live.lease() instanceof Lease.WithHuman(var holder, _, _)) {
      return holder.equals(operator)
          ? new Nothing()
          : new Rejected(Refusal.CONFLICT, "another operator has the conversation");
    }
    boolean offered =
        live.lease() instanceof Lease.Passing passing && passing.to().equals(Role.HUMAN);
    if (!offered) draft.revoke(Role.HUMAN, Optional.empty(), Duration.ZERO, "take-over");
    draft.grant(Role.HUMAN, operator);
    return draft.proceed(false);
  }

  private static Decision handBack(Draft draft, Live live, String operator) {
    if (!(live.lease() instanceof Lease.WithHuman(var holder, var from, _))
        || !holder.equals(operator)) {
      return new Rejected(Refusal.CONFLICT, "you do not have this conversation");
    }
    var to = Evolution.isAgent(from) ? from : draft.policy().start();
    var edge = draft.policy().transition(Role.HUMAN, to);
    var within = edge.map(Policy.Transition::answerWithin).orElse(draft.policy().timing().think());
    draft.revoke(to, edge, within, "hand-back");
    return draft.proceed(false);
  }

  private static Decision end(Draft draft, String reason) {
    draft.close(reason);
    return draft.done();
  }

  private static Decision resolve(Draft draft, Live live, Command.Resolve resolve) {
    var approval = draft.live().work().approvals().get(resolve.approval());
    if (approval == null) {
      return new Rejected(Refusal.UNKNOWN, "there is no open approval of that number");
    }
    if (!(approval.standing() instanceof Approval.Standing.Open)) {
      return new Rejected(Refusal.CONFLICT, "this approval has been answered");
    }
    if (!draft.at().isBefore(approval.expiresAt())) {
      return new Rejected(Refusal.CONFLICT, "this approval has expired");
    }
    draft.add(
        new Event.ApprovalResolved(
            resolve.approval(), resolve.operator(), resolve.approves(), resolve.reason()));
    return draft.proceed(false);
  }
}
