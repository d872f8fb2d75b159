package baton.simulation.engine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;

import baton.handoff.Call;
import baton.handoff.Conversation;
import baton.handoff.State;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.engine.EngineProcess;
import baton.runtime.engine.Ledger;
import baton.runtime.engine.Wait;
import baton.simulation.torture.Crowd;
import baton.simulation.torture.Database;
import baton.simulation.torture.Door;
import baton.simulation.torture.Operator;
import baton.simulation.torture.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An engine that is killed at random moments while a crowd of buyers talks with it and an operator
/// stops, takes over and changes the policy; and the history of it, checked from its file.
class KilledEngineTest {
  private static final int KILLS = Integer.getInteger("kills", 20);
  private static final int BUYERS = Integer.getInteger("buyers", 12);
  private static final PolicyDocument POLICY =
      Optional.ofNullable(System.getProperty("policy"))
          .map(file -> PolicyCompiler.compile(Path.of(file)))
          .orElseGet(() -> PolicyCompiler.sample("inbound-trial"))
          .orThrow();
  private static final Duration SETTLED_MAX = Duration.ofSeconds(60);

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("histories", 1))
        .map(i -> Long.getLong("seed", 20) + i);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givenKillsAtAnyMoment_whenStartedAgain_thenNothingIsLostAndNothingHappensTwice(long seed)
      throws IOException {
    var campaign = POLICY.policy().campaign();
    var file = Path.of("target", "histories", "killed-" + seed + ".jsonl");
    try (var recording = Recording.to(file);
        var engine = EngineProcess.in("killed");
        var crowd = new Crowd(seed, BUYERS, 0, recording, campaign);
        var operator = new Operator(seed, recording, POLICY, crowd::opened)) {
      warmedUp(engine);
      killed(seed, engine, crowd, operator, recording);
      crowd.leave();
      operator.leave();
      var ledger = new Ledger(engine.database());
      settled(engine, ledger);
      System.out.printf(
          "%d kills, seed %d: %d conversations, %d messages acknowledged, %d requests sent again,"
              + " %d claims%n",
          KILLS,
          seed,
          crowd.opened().size(),
          crowd.acknowledgedCount(),
          crowd.repeatedCount(),
          ledger.claims().size());
      recording.left(new Database(engine.database()), List.of(engine.data().resolve("mail")));
      var left = new Aftermath(engine, ledger, campaign, KILLS);
      assertAll(
          () -> System.out.println(CheckedHistory.of(file)),
          () -> assertFalse(Files.readString(file).contains("dana@"), "an address in the clear"),
          () -> left.noMessageIsLostOrTwice(crowd),
          left::numbersHaveNoGap,
          left::noEffectIsTwice,
          left::claimsAndOutcomesJoin,
          left::eachProposalIsSettledAtMostOnce,
          left::nothingWasAlteredAndEveryDecisionFollows,
          left::everyConversationGoesOn);
    }
  }

  /// The policy is there before anybody comes.
  private static void warmedUp(EngineProcess engine) {
    engine.warmedUp(() ->
        engine
            .operator()
            .putText("/v1/policies/active", "application/json", POLICY.json())
            .as(200));
  }

  private static void killed(
      long seed, EngineProcess engine, Crowd crowd, Operator operator, Recording recording) {
    var random = new SplittableRandom(seed);
    for (int kill = 1; kill <= KILLS; kill++) {
      engine.launch();
      // Every fifth is killed while it takes up what the one before it left.
      if (kill % 5 == 0) pause(random.nextInt(1_000, 3_000));
      else work(engine, crowd, operator, random);
      engine.kill9();
      recording.killed("engine");
    }
    turn(engine.launch(), crowd, operator);
  }

  private static void turn(EngineProcess engine, Crowd crowd, Operator operator) {
    var address = engine.ready();
    operator.turnTo(new Door(address, engine.operatorToken()));
    crowd.turnTo(address);
  }

  /// Until some messages were taken, and a random moment longer.
  private static void work(
      EngineProcess engine, Crowd crowd, Operator operator, SplittableRandom random) {
    turn(engine, crowd, operator);
    int enough = crowd.acknowledgedCount() + random.nextInt(1, 15);
    Wait.until(
        Duration.ofSeconds(30), "messages are taken", () -> crowd.acknowledgedCount() >= enough);
    pause(random.nextInt(150));
  }

  /// The kill is to come at a moment that nothing in the engine has a part in.
  private static void pause(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
  }

  private static void settled(EngineProcess engine, Ledger ledger) {
    var busy = new ArrayList<String>();
    Wait.upTo(
        SETTLED_MAX,
        () -> "everything settles; still busy: " + busy,
        () -> {
          busy.clear();
          lettersAreFound(engine, ledger);
          ledger.claims().stream()
              .filter(claim -> Set.of("CLAIMED", "UNKNOWN").contains(claim.state()))
              .forEach(claim -> busy.add(claim.permit() + " " + claim.state()));
          var api = engine.operator();
          for (var id : ledger.conversations()) {
            var state = ledger.state(id);
            if (owes(state)) busy.add(id.id() + " owes " + Conversation.outbox(state));
            else if (state instanceof State.Live && Aftermath.isUnanswered(api, id)) {
              busy.add(id.id() + " has not answered");
            }
          }
          return busy.isEmpty() ? Optional.of(true) : Optional.empty();
        });
  }

  /// A letter that was under way when the engine was killed waits for a person (ADR 15), who looks
  /// into the folder.
  private static void lettersAreFound(EngineProcess engine, Ledger ledger) {
    for (var letter : ledger.lettersUnknown()) {
      boolean found = Files.exists(engine.data().resolve("mail").resolve(letter.name() + ".eml"));
      engine.operator().attest(letter.claim(), found ? "confirmed" : "failed", "looked").as(200);
    }
  }

  private static boolean owes(State state) {
    return Conversation.outbox(state).stream().anyMatch(call -> !(call instanceof Call.WakeAt));
  }
}
