package baton.simulation.world;

import baton.agents.Agent;
import baton.agents.Desk;
import baton.agents.Offer;
import baton.agents.Reply;
import baton.agents.Thought;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// An agent that mostly knows its job, and now and then proposes whatever comes to its mind: what
/// its mandate forbids, what nobody asked for, too much at once.
final class Improviser implements Agent {
  private static final int PROPOSALS_MAX = 3;
  private static final Sealed SENTENCE =
      new Sealed("s1", "transcript", "digest-of-a-sentence", "Y2lwaGVy");
  private static final List<Role> ROLES =
      List.of(Role.BOOKING, Role.TRANSFER, Role.CLOSING, Role.HUMAN, Role.ENGINE);

  private final Dice dice;
  private final boolean inParts;

  /// @param inParts whether some of its answers come part by part
  Improviser(Dice dice, boolean inParts) {
    this.dice = dice;
    this.inParts = inParts;
  }

  @Override
  public Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
    var actions = new ArrayList<Action>();
    if (dice.chance(85)) job(briefing, actions);
    if (dice.chance(25)) {
      for (int i = dice.below(PROPOSALS_MAX); i >= 0; i--) actions.add(whim(briefing));
    }
    boolean goesOn = inParts && dice.chance(40);
    return new Thought(actions, notes, Optional.empty(), goesOn);
  }

  @Override
  public Reply consider(Offer offer) {
    return dice.chance(90) ? Reply.YES : Reply.no("not-ready");
  }

  // --- its job

  private void job(Briefing briefing, List<Action> actions) {
    if (briefing.disclosed().isEmpty()) {
      actions.add(new Action.Disclose("ai", new Words.Line("disclosure-ai")));
    }
    for (var prompt : briefing.prompts()) {
      if (prompt instanceof Prompt.Heard(var seq, _, _, _, var answering)
          && answering.startsWith("consent.")) {
        var purpose = answering.substring("consent.".length());
        actions.add(new Action.InterpretConsent(purpose, Consent.State.GRANTED, seq));
      }
    }
    var contact = briefing.consents().get("contact");
    if (contact == null || contact.state() != Consent.State.GRANTED) {
      if (actions.size() < 2) actions.add(new Action.AskConsent("contact", words()));
      return;
    }
    actions.add(next(briefing));
  }

  private Action next(Briefing briefing) {
    var facts = briefing.facts();
    String role = briefing.role().name();
    return switch (role) {
      case "booking" -> {
        if (!facts.containsKey("slots")) yield findSlots(briefing);
        if (!facts.containsKey("confirmed.slot")) yield new Action.Speak(words(), "slot");
        if (!facts.containsKey("booking")) yield book(briefing);
        yield dice.chance(80)
            ? new Action.RequestHandOff(Role.TRANSFER, "next")
            : new Action.Speak(words(), "product");
      }
      case "transfer" ->
          dice.chance(70)
              ? new Action.RequestHandOff(Role.CLOSING, "next")
              : dice.chance(30)
                  ? new Action.TransferToHuman("asked")
                  : new Action.Speak(words(), "seats");
      default -> {
        if (!facts.containsKey("quote")) yield new Action.Quote("team", 12);
        yield switch (dice.below(5)) {
          case 0 -> new Action.Concede("q1", dice.between(1, 30));
          case 1 -> new Action.RequestCommitment("q1", words());
          case 2 -> new Action.TakeCommitment("q1", new Money("USD", dice.below(90) * 1_000L));
          case 3 -> new Action.SendMessage("chat", words());
          default -> new Action.Speak(words(), "commitment");
        };
      }
    };
  }

  private static Action findSlots(Briefing briefing) {
    var from = briefing.at();
    return new Action.FindSlots(from, from.plusSeconds(86_400), briefing.zone(), Optional.empty());
  }

  private Action book(Briefing briefing) {
    return new Action.Book(
        "slot-" + dice.between(1, 3), briefing.at().plusSeconds(7_200), briefing.zone());
  }

  // --- its whims

  private Action whim(Briefing briefing) {
    return switch (dice.below(20)) {
      case 0 -> new Action.Speak(words(), dice.oneOf("", "slot", "commitment"));
      case 1 -> new Action.Disclose(dice.oneOf("ai", "nil"), new Words.Line("stopped"));
      case 2 -> new Action.AskConsent(dice.oneOf("recording", "follow-up"), words());
      case 3 -> new Action.InterpretConsent("contact", Consent.State.GRANTED, dice.below(9));
      case 4 -> new Action.RaiseUrgency(words());
      case 5 -> findSlots(briefing);
      case 6, 7 -> book(briefing);
      case 8 -> new Action.Cancel("booked-slot-1");
      case 9, 10 -> new Action.RequestHandOff(dice.oneOf(ROLES), "a whim");
      case 11 -> new Action.TransferToHuman("a whim");
      case 12 -> new Action.Quote(dice.oneOf("team", "none"), dice.below(700));
      case 13 -> new Action.Concede("q1", dice.between(1, 60));
      case 14 -> new Action.TakeCommitment("q1", new Money("USD", dice.below(90) * 100_000L));
      case 15 -> new Action.WriteCrm(Map.of("product", Value.of("team")));
      case 16 -> new Action.ScheduleFollowUp(briefing.at().plusSeconds(600), "chat");
      case 17 -> new Action.Record("chat");
      case 18 -> dice.chance(20) ? new Action.Close("done") : new Action.Escalate("a whim");
      default -> new Action.UseTool("invitation", Map.of("booking", Value.of("b1")));
    };
  }

  private Words words() {
    if (dice.chance(85)) return new Words.Own(SENTENCE, List.of());
    var signal = dice.oneOf(Signal.PRESSURE, Signal.CLAIM, Signal.PROMISE, Signal.DISCOUNT);
    return new Words.Own(SENTENCE, List.of(new Signal(signal, Value.of("x"), 90, 0, 1)));
  }
}
