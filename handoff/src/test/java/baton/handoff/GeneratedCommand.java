package baton.handoff;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.port.Claims.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What comes next in a generated history: mostly what is owed, and in between whatever a buyer, an
/// operator, a hostile agent or an unreliable shell may send.
final class GeneratedCommand {
  private static final Role[] ROLES = {
    Role.BOOKING, Role.TRANSFER, Role.CLOSING, Role.HUMAN, Role.ENGINE, new Role("unheard-of")
  };
  private static final String[] OPERATORS = {"ann", "bob"};

  private final History history;
  private final Dice dice;
  private final List<Command> sent = new ArrayList<>();
  private int messages;

  GeneratedCommand(History history) {
    this.history = history;
    this.dice = history.dice;
  }

  Command next() {
    var command = choose();
    sent.add(command);
    return command;
  }

  private Command choose() {
    if (history.state instanceof State.Blank) {
      if (!dice.chance(90)) return new Command.Wake();
      sent.clear();
      return new Command.Open(
          "inbound-trial", dice.oneOf("chat", "chat", "phone", "email"), buyer());
    }
    if (history.last().lease() instanceof Lease.WithHuman(var operator, _, _) && dice.chance(20)) {
      return new Command.HandBack(operator);
    }
    if (dice.chance(70)) {
      if (!history.last().work().approvals().isEmpty() && dice.chance(30)) return resolve();
      var owed = Conversation.outbox(history.state);
      if (!owed.isEmpty()) return serve(dice.oneOf(owed));
      if (history.last().lease() instanceof Lease.Nobody && dice.chance(30)) {
        return new Command.TakeOver(dice.oneOf(OPERATORS));
      }
    }
    return switch (dice.below(32)) {
      case 0, 1 -> hostileAnswer();
      case 2 -> new Command.Reply(dice.oneOf(ROLES), dice.below(9), dice.chance(70), "no");
      case 3, 4, 5 -> dice.oneOf(sent);
      case 6 -> new Command.TakeOver(dice.oneOf(OPERATORS));
      case 7, 8 -> new Command.HandBack(dice.oneOf(OPERATORS));
      case 9, 10 -> say();
      case 11 -> dice.chance(15) ? new Command.End("ann", "enough") : resolve();
      case 12, 13 -> late();
      case 14, 15 -> new Command.Wake();
      case 16 -> new Command.Arrive(dice.oneOf("chat", "phone"));
      case 17 -> new Command.Leave(dice.oneOf(Command.Leave.How.values()));
      default -> hear();
    };
  }

  private Command.Buyer buyer() {
    return Vocabulary.buyer(dice.oneOf("", "Europe/Berlin", "Asia/Tokyo"));
  }

  private Command hear() {
    String id = "m" + (dice.chance(95) ? ++messages : dice.below(messages + 1));
    var text = Vocabulary.sealed(id);
    String body = dice.chance(98) ? "body-" + id : "another";
    int confidence = dice.chance(60) ? 90 : dice.between(20, 100);
    boolean asked = !history.last().known().question().isEmpty();
    var signals =
        asked && dice.chance(60) ? List.of(Vocabulary.yes()) : GeneratedAction.signals(dice);
    return new Command.Hear(id, body, text, signals, confidence);
  }

  private Command say() {
    String id = "h" + ++messages;
    Words words = GeneratedAction.words(dice);
    return new Command.Say(id, "body-" + id, dice.oneOf(OPERATORS), words);
  }

  private Command resolve() {
    var open = history.last().work().approvals();
    long number = open.isEmpty() ? dice.below(99) : dice.oneOf(open.keySet());
    return new Command.Resolve(number, "lea", dice.chance(75), "because");
  }

  private List<Action> actions() {
    var actions = new ArrayList<Action>();
    if (dice.chance(50)) sensible(actions);
    for (int i = dice.chance(3) ? 11 : dice.below(3); i > 0; i--) actions.add(action());
    return actions;
  }

  private Action action() {
    var heard = history.last().known().heard().map(State.Hearing::seq).orElse(0L);
    return GeneratedAction.action(dice, heard, ROLES);
  }

  /// What an agent would propose that knows its job: it discloses, reads answers, and keeps to its
  /// mandate.
  private void sensible(List<Action> actions) {
    var live = history.last();
    boolean reachesOut = history.policy().outreach().isPresent();
    if (live.known().contact().isEmpty() || reachesOut && dice.chance(40)) {
      actions.add(new Action.InitiateContact("email"));
      return;
    }
    if (!live.known().disclosed().containsValue(live.lease().epoch())) {
      actions.add(Vocabulary.disclose());
    }
    var heard = live.known().heard();
    if (heard.isPresent() && heard.get().answering().startsWith("consent.")) {
      String purpose = heard.get().answering().substring("consent.".length());
      actions.add(Vocabulary.reads(purpose, Consent.State.GRANTED, heard.get().seq()));
    }
    if (dice.chance(25)) {
      actions.add(Vocabulary.askConsent(dice.oneOf("contact", "data-use", "recording")));
    }
    if (live.lease() instanceof Lease.Held(var role, _)
        && role.equals(Role.CLOSING)
        && dice.chance(40)) {
      actions.add(Vocabulary.concede(dice.between(1, 30)));
    }
    if (dice.chance(15)) {
      var edges =
          history.policy().transitions().stream()
              .filter(edge -> edge.from().equals(Evolution.holder(live.lease())))
              .toList();
      if (!edges.isEmpty()) actions.add(Vocabulary.handOff(dice.oneOf(edges).to()));
    }
    var mandate = history.policy().mandates().get(Evolution.holder(live.lease()));
    for (int i = 0; i < 8 && mandate != null; i++) {
      var action = action();
      if (!mandate.may().containsKey(action.kind())) continue;
      actions.add(action);
      return;
    }
  }

  private Command hostileAnswer() {
    var ask = history.last().work().ask();
    var role = dice.oneOf(ROLES);
    long epoch = history.last().lease().epoch() - dice.below(3);
    long number = ask.isPresent() && dice.chance(60) ? ask.get().seq() : dice.below(200);
    return new Command.Answer(role, epoch, number, actions());
  }

  // --- what is owed

  private Command serve(Call call) {
    return switch (call) {
      case Call.Ask(var role, var epoch, var ask) ->
          new Command.Answer(role, epoch, ask, actions());
      case Call.Offer(_, var to, var epoch, _) ->
          new Command.Reply(to, epoch, dice.chance(75), "not-ready");
      case Call.Perform(var permit, var action) ->
          dice.chance(5) ? conclude(permit, action) : perform(permit, action);
      case Call.Conclude(var permit, var action) -> conclude(permit, action);
      case Call.LookUp(var permit, var action) ->
          dice.chance(20) ? attest(permit) : settle(permit, action);
      case Call.WakeAt(var due) -> {
        if (dice.chance(40) && due.isAfter(history.at)) history.at = due;
        yield new Command.Wake();
      }
    };
  }

  private Command perform(Permit permit, Action action) {
    return switch (history.claim(permit)) {
      case ClaimsModel.Answer.Granted _ -> settle(permit, action);
      case ClaimsModel.Answer.Already(var claim) -> {
        if (!claim.permit().id().equals(permit.id())) {
          throw new AssertionError("a second permit was given for what may have taken place");
        }
        yield settle(permit, action);
      }
      case ClaimsModel.Answer.Refused(var reason) -> new Command.Unclaimed(permit.id(), reason);
    };
  }

  /// Nobody will claim it any more; if somebody has, what came of it?
  private Command conclude(Permit permit, Action action) {
    if (history.claims.find(permit.id()).isPresent()) return settle(permit, action);
    history.claims.giveUp(permit);
    return new Command.Unclaimed(
        permit.id(), dice.oneOf(Reason.INTERRUPTED, Reason.AUTHORITY_MOVED));
  }

  private Command settle(Permit permit, Action action) {
    Outcome outcome =
        switch (dice.below(10)) {
          case 0 -> new Outcome.Failed(dice.oneOf("not-possible", Outcome.Failed.NEVER_DONE));
          case 1 -> new Outcome.Unknown("timeout");
          default -> Outcome.confirmed(Story.tools(action));
        };
    var claim = history.claims.settle(permit.id(), outcome);
    return new Command.Settle(
        permit.id(), claim.n(), permit.digest(), claim.at(), claim.outcome().orElseThrow());
  }

  /// A person has found out what no look-up could tell.
  private Command attest(Permit permit) {
    boolean happened = dice.chance(50);
    var outcome = happened ? Outcome.confirmed() : new Outcome.Failed("not-done");
    var claim = history.claims.settle(permit.id(), outcome);
    return new Command.Attest(permit.key(), claim.n(), claim.at(), "ann", happened, "asked");
  }

  /// A dispatcher that was away and comes back with an old permit in its hand.
  private Command late() {
    var untried = history.permits.stream().filter(p -> !history.claims.wasTried(p)).toList();
    if (untried.isEmpty()) return new Command.Wake();
    var permit = dice.oneOf(untried);
    if (!(history.claim(permit) instanceof ClaimsModel.Answer.Granted)) {
      return new Command.Wake();
    }
    var flight = Optional.ofNullable(history.last().work().flights().get(permit.id()));
    if (flight.map(State.Flight::stage).filter(s -> s == State.Flight.Stage.OPEN).isEmpty()) {
      throw new AssertionError("a permit was claimed that was worthless: " + permit);
    }
    return settle(permit, flight.orElseThrow().proposal().action());
  }
}
