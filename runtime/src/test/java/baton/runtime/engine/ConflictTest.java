package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One conversation of many to which another node has written: its row cannot be appended, and it
/// reads its journal again. The others, whose rows are on their way with it, are not its victims.
@ExtendWith(RunningEngine.class)
class ConflictTest {
  private static final int HEALTHY = 40;

  /// As many commits as are under way at once: what comes meanwhile is the next one, together.
  private static final int JOURNAL_LANES = 1;

  private static final Duration COSTS_MAX = Duration.ofSeconds(1);
  private static final Duration COMES_MAX = Duration.ofSeconds(20);

  private final EngineProcess engine;
  private final ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor();

  /// What was answered to what was said in the torn one, together with the others.
  private int lastOfTorn;

  ConflictTest(EngineProcess engine) {
    this.engine = engine;
  }

  @AfterEach
  void leave() {
    buyers.shutdownNow();
  }

  @Test
  void givenARowOfAnotherNodeInOneConversation_thenTheOthersAreAnsweredWithinASecond()
      throws SQLException {
    var healthy = Stream.generate(() -> Talk.opening(engine)).limit(HEALTHY).toList();
    var torn = Talk.open(engine);
    healthy.forEach(talk -> talk.until(0, "buyers-turn"));

    var usual = together(healthy, torn, "m1");
    torn.until(0, "heard");
    var other = new OtherNode(engine.database(), torn.id());
    torn.until(0, "buyers-turn");
    other.takesOver();
    var disturbed = together(healthy, torn, "m2");

    assertTrue(disturbed.minus(usual).compareTo(COSTS_MAX) < 0, usual + ", then " + disturbed);
    for (var talk : healthy) {
      assertEquals(List.of("m1", "m2"), talk.heard());
      assertEquals(List.of(), talk.irregularities());
    }
    assertEquals(503, lastOfTorn, "and it is told to come again, as soon as that is known");
    assertEquals(202, say(torn, "m2"));
    assertEquals(List.of("m1", "m2"), torn.heard());
    assertEquals("human", torn.holder());
  }

  /// All say the same at once, and their rows wait for the same moment; who has not been answered
  /// by then says it again, as a buyer's page does.
  ///
  /// @return how long it takes from that moment until each of the healthy ones is answered
  private Duration together(List<Talk> healthy, Talk torn, String message) throws SQLException {
    var before = healthy.stream().map(Talk::seq).toList();
    try (var held = HeldCommits.of(engine.database(), "conversation|%.ahead-" + message + "-%")) {
      for (int i = 1; i <= JOURNAL_LANES; i++) {
        var ahead = "ahead-" + message + "-" + i;
        later(() -> engine.anybody().open(ahead, "inbound-trial", Talk.ZONE).status());
        held.untilHeld(i);
      }
      var ofTorn = later(() -> say(torn, message));
      for (var talk : healthy) later(() -> say(talk, message));
      Wait.until(
          COMES_MAX,
          "all are there",
          () -> engine.metric("baton_http_requests_open") > HEALTHY + JOURNAL_LANES);
      long began = System.nanoTime();
      held.letGo();
      var again = healthy.stream().map(talk -> later(() -> say(talk, message))).toList();
      for (var answer : again) assertEquals(202, answer.join());
      for (int i = 0; i < HEALTHY; i++) healthy.get(i).until(before.get(i), "buyers-turn");
      lastOfTorn = ofTorn.join();
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  private CompletableFuture<Integer> later(Supplier<Integer> request) {
    return CompletableFuture.supplyAsync(request, buyers);
  }

  private static int say(Talk talk, String message) {
    return talk.buyer().say(talk.id(), message, "hello").status();
  }
}
