package baton.handoff;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words that scenarios are written in: what buyers signal and what agents propose.
public final class Vocabulary {
  /// A Friday, eleven in the morning.
  public static final Instant START = Instant.parse("2026-03-06T11:00:00Z");

  private Vocabulary() {}

  public static Sealed sealed(String name) {
    return new Sealed("s1", "talk", "digest-of-" + name, "Y2lwaGVy");
  }

  public static Command.Buyer buyer(String zone) {
    return new Command.Buyer(
        "s1", "body", sealed("id"), Optional.empty(), Optional.empty(), zone, "", "smb");
  }

  public static Command.Open open() {
    return new Command.Open("inbound-trial", "chat", buyer("Europe/Berlin"));
  }

  // --- what the buyer's words show

  public static Signal signal(String name, Value value, int confidence) {
    return new Signal(name, value, confidence, 0, 1);
  }

  public static Signal signal(String name) {
    return signal(name, Value.of(name), 90);
  }

  public static Signal yes() {
    return signal(Signal.YES);
  }

  public static Signal no() {
    return signal(Signal.NO);
  }

  public static Signal vague() {
    return signal(Signal.VAGUE);
  }

  public static Signal stop() {
    return signal(Signal.OPT_OUT);
  }

  public static Signal product(String name) {
    return signal(Signal.PRODUCT, Value.of(name), 90);
  }

  public static Signal seats(long seats) {
    return signal(Signal.SEATS, Value.of(seats), 90);
  }

  public static Signal choice(long which) {
    return signal(Signal.CHOICE, Value.of(which), 90);
  }

  public static Signal withdraw(String purpose) {
    return signal(Signal.WITHDRAW_CONSENT, Value.of(purpose), 90);
  }

  // --- what agents propose

  public static Words words(Signal... features) {
    return new Words.Own(sealed("words"), List.of(features));
  }

  public static Action speak(Signal... features) {
    return new Action.Speak(words(features), "");
  }

  public static Action ask(String topic) {
    return new Action.Speak(words(), topic);
  }

  public static Action disclose() {
    return new Action.Disclose("ai", new Words.Line("disclosure-ai"));
  }

  public static Action line(String name) {
    return new Action.Speak(new Words.Line(name), "");
  }

  public static Action askConsent(String purpose) {
    return new Action.AskConsent(purpose, words());
  }

  public static Action reads(String purpose, Consent.State state, long evidence) {
    return new Action.InterpretConsent(purpose, state, evidence);
  }

  public static Action findSlots() {
    return new Action.FindSlots(
        START, START.plusSeconds(86_400), "Europe/Berlin", Optional.empty());
  }

  public static Action book() {
    return new Action.Book("slot-2", START.plusSeconds(7_200), "Europe/Berlin");
  }

  public static Action handOff(Role to) {
    return new Action.RequestHandOff(to, "next step");
  }

  public static Action toHuman() {
    return new Action.TransferToHuman("asked for a person");
  }

  public static Action quote(long seats) {
    return new Action.Quote("team", seats);
  }

  public static Action concede(int percent) {
    return new Action.Concede("q1", percent);
  }

  public static Action commit(long minor) {
    return new Action.TakeCommitment("q1", new Money("USD", minor));
  }

  public static Action crm() {
    return new Action.WriteCrm(Map.of("product", Value.of("team")));
  }

  public static Action mail() {
    return new Action.SendMessage("email", words());
  }

  public static Action close() {
    return new Action.Close("goodbye");
  }
}
