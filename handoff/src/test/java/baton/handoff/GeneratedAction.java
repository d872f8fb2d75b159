package baton.handoff;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Money;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Actions and words by chance: sensible ones, wrong ones and hostile ones.
public final class GeneratedAction {
  private static final String[] SIGNALS = {
    Signal.OPT_OUT,
    Signal.YES,
    Signal.NO,
    Signal.VAGUE,
    Signal.WITHDRAW_CONSENT,
    Signal.PRODUCT,
    Signal.SEATS,
    Signal.CHOICE,
    Signal.WANT_HUMAN,
    Signal.TIME_ZONE,
    Signal.OBJECTION,
    "unheard-of"
  };

  private GeneratedAction() {}

  /// @param hearing number of the event in which the buyer was last heard
  public static Action action(Dice dice, long hearing, Role[] roles) {
    String purpose = dice.oneOf("contact", "data-use", "recording", "follow-up");
    return switch (dice.below(24)) {
      case 0, 1 -> new Action.Speak(words(dice), dice.oneOf("", "meeting", "commitment"));
      case 2 -> new Action.Disclose(dice.oneOf("ai", "rec", "nil"), line(dice));
      case 3 -> new Action.AskConsent(purpose, words(dice));
      case 4 ->
          new Action.InterpretConsent(
              purpose, dice.oneOf(Consent.State.values()), dice.chance(70) ? hearing : 3);
      case 5 -> new Action.RaiseUrgency(words(dice));
      case 6 -> Vocabulary.findSlots();
      case 7 -> Vocabulary.book();
      case 8 -> new Action.Reschedule("b1", "slot-3", Vocabulary.START, "UTC");
      case 9 -> new Action.Cancel("b1");
      case 10, 11 -> new Action.RequestHandOff(dice.oneOf(roles), "next");
      case 12 -> new Action.TransferToHuman("asked");
      case 13 -> new Action.Quote(dice.oneOf("team", "pro", "none"), dice.below(700));
      case 14 -> new Action.Concede("q1", dice.between(1, 40));
      case 15 -> new Action.RequestCommitment("q1", words(dice));
      case 16 -> new Action.TakeCommitment("q1", money(dice));
      case 17 -> new Action.WriteCrm(fields(dice));
      case 18 -> new Action.SendMessage(channel(dice), words(dice));
      case 19 ->
          new Action.ScheduleFollowUp(
              Vocabulary.START.plusSeconds(dice.below(3_000)), channel(dice));
      case 20 -> new Action.Record(channel(dice));
      case 21 -> dice.chance(30) ? new Action.Close("done") : new Action.Escalate("angry");
      case 22 -> new Action.InitiateContact(channel(dice));
      default -> new Action.UseTool("probe", Map.of("depth", Value.of(dice.below(9))));
    };
  }

  private static String channel(Dice dice) {
    return dice.oneOf("chat", "email", "phone");
  }

  static Money money(Dice dice) {
    return new Money(dice.chance(90) ? "USD" : "EUR", dice.below(60) * 1_000L);
  }

  private static Map<String, Value> fields(Dice dice) {
    var fields = new TreeMap<String, Value>();
    for (var name : dice.some(40, "product", "next-step", "notes")) fields.put(name, Value.of("x"));
    return fields;
  }

  private static Words line(Dice dice) {
    return dice.chance(70)
        ? new Words.Line(dice.oneOf("disclosure-ai", "stopped", "moment", "unheard-of"))
        : words(dice);
  }

  static Words words(Dice dice) {
    if (dice.chance(15)) return line(dice);
    var features = new ArrayList<Signal>();
    for (int i = dice.below(3); i > 0; i--) {
      features.add(
          dice.chance(30)
              ? Vocabulary.signal(Signal.PRICE, Value.of(money(dice)), 90)
              : Vocabulary.signal(
                  dice.oneOf(Signal.CLAIM, Signal.PRESSURE, Signal.DISCOUNT, Signal.PROMISE),
                  Value.of(dice.oneOf("x", "guaranteed-return")),
                  90));
    }
    return new Words.Own(Vocabulary.sealed("w"), features);
  }

  /// What a buyer's message may show.
  public static List<Signal> signals(Dice dice) {
    var signals = new ArrayList<Signal>();
    for (int i = dice.below(4); i > 0; i--) {
      String name = dice.oneOf(SIGNALS);
      if (name.equals(Signal.OPT_OUT) && dice.chance(85)) continue;
      signals.add(Vocabulary.signal(name, value(dice, name), dice.between(20, 100)));
    }
    return signals;
  }

  private static Value value(Dice dice, String name) {
    return switch (name) {
      case Signal.PRODUCT -> Value.of(dice.oneOf("team", "pro"));
      case Signal.SEATS, Signal.CHOICE -> Value.of(dice.below(9));
      case Signal.TIME_ZONE -> Value.of(dice.oneOf("Europe/Berlin", "Asia/Tokyo", "Nowhere/Land"));
      case Signal.WITHDRAW_CONSENT -> Value.of(dice.oneOf("contact", "all"));
      default -> Value.of(name);
    };
  }
}
