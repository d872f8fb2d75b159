package baton.simulation.explore;

import baton.handoff.Command;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What those outside may do: all that a buyer says, all that an agent answers, all that a tool
/// finds.
final class Menu {
  /// A Friday, eleven in the morning.
  static final Instant START = Instant.parse("2026-03-06T11:00:00Z");

  static final String OPERATOR = "kim";

  static final Command OPEN =
      new Command.Open(
          Ground.CAMPAIGN,
          "chat",
          new Command.Buyer(
              "s1", "body", sealed("id"), Optional.empty(), Optional.empty(), "UTC", "", ""));

  private static final List<Signal> SAID =
      List.of(
          new Signal(Signal.YES, Value.of("yes"), 90, 0, 1),
          new Signal(Signal.TIME, Value.of(START.plusSeconds(7_200)), 90, 0, 1),
          new Signal(Signal.OPT_OUT, Value.of("opt-out"), 90, 0, 1));

  private static final Words OWN = new Words.Own(sealed("words"), List.of());

  private Menu() {}

  /// How many different things a buyer may say.
  static int said() {
    return SAID.size();
  }

  /// The buyer's next message; a message is numbered by how many there have been.
  static Command hear(State.Live live, int which) {
    int number = live.counted().messages().size() + 1;
    var signal = SAID.get(which);
    String body = signal.name();
    return new Command.Hear("m" + number, body, sealed(body), List.of(signal), 90);
  }

  /// The answers of which an agent gives one. The last of each role lies beyond its mandate, its
  /// rights or its edges.
  static List<List<Action>> answers(Role role, State.Live live) {
    return switch (role.name()) {
      case "booking" -> booking(live);
      case "transfer" ->
          List.of(
              List.of(new Action.WriteCrm(Map.of("stage", Value.of("met")))),
              List.of(new Action.RequestHandOff(Role.CLOSING, "wants terms")),
              List.of(new Action.Book("slot-1", START, "UTC")));
      case "closing" ->
          List.of(
              List.of(new Action.Concede("q1", 10)),
              List.of(new Action.Concede("q1", 20)),
              List.of(new Action.RequestHandOff(Role.TRANSFER, "wants to talk")),
              List.of(new Action.Concede("q1", 30)));
      default -> List.of(List.of());
    };
  }

  private static List<List<Action>> booking(State.Live live) {
    long heard = live.known().heard().map(State.Hearing::seq).orElse(0L);
    var book = new Action.Book("slot-1", START.plusSeconds(7_200), "UTC");
    return List.of(
        List.of(new Action.AskConsent(Ground.CONTACT, OWN)),
        List.of(new Action.InterpretConsent(Ground.CONTACT, Consent.State.GRANTED, heard), book),
        List.of(new Action.RequestHandOff(Role.TRANSFER, "booked")),
        List.of(new Action.Concede("q1", 10)));
  }

  /// What a tool answers when it has done what it was asked.
  static Outcome done(Action action) {
    return action instanceof Action.Book
        ? Outcome.confirmed(Map.of("booking", Value.of("b1")))
        : Outcome.confirmed();
  }

  private static Sealed sealed(String name) {
    return new Sealed("s1", "talk", "digest-of-" + name, "Y2lwaGVy");
  }
}
