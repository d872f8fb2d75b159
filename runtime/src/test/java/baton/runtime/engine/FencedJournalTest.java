package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.codec.Chain;
import baton.runtime.cli.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import picocli.CommandLine;

/// A supervisor knows what its journal says, whole, and nothing else: not what it believes to have
/// written, and not what is left of a journal that somebody has damaged.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FencedJournalTest {
  private static final Executor ELSEWHERE = Thread::startVirtualThread;
  private static final Duration NOTICED_MAX = Duration.ofSeconds(20);

  /// An engine that waits for a commit as long as this, not for 10 s.
  private static final String IMPATIENT =
      "pekko.persistence.journal-plugin-fallback.circuit-breaker.call-timeout = 1s\n";

  private static final List<String> GREETED =
      words(
          "opened policy-moved contact-began granted asked answered proposed proposed proposed"
              + " decided settled decided settled decided settled buyers-turn");
  private static final List<String> HEARD =
      words(
          "heard asked answered proposed proposed decided consent-changed decided settled"
              + " buyers-turn");

  private static List<String> words(String words) {
    return List.of(words.split(" "));
  }

  private final EngineProcess engine = EngineProcess.in("fenced-journal");

  @BeforeAll
  void start() throws IOException {
    var first = Files.createDirectories(engine.home().resolve("first"));
    Files.writeString(first.resolve("application.conf"), IMPATIENT);
    engine.under(first).launch().ready();
  }

  @AfterAll
  void end() {
    engine.close();
  }

  /// It has failed for the supervisor, and is there all the same.
  @Test
  @Order(1)
  void givenACommitThatIsSlowerThanTheBreaker_thenItGoesOnFromIt_andNobodyElseHasItsRow()
      throws SQLException {
    var talk = Talk.open(engine);
    long seq = talk.seq();
    try (var held = HeldCommits.of(engine.database(), journal(talk))) {
      givenThatItIsGivenUp(held, talk);
      var other = new OtherNode(engine.database(), talk.id());
      var elsewhere = CompletableFuture.runAsync(other::takesOver, ELSEWHERE);
      held.untilAnotherWaits();
      held.letGo();
      var lost = assertThrows(CompletionException.class, elsewhere::join);
      assertEquals("23505", ((SQLException) lost.getCause().getCause()).getSQLState());
    }
    Wait.until(NOTICED_MAX, "it is taken", () -> say(talk) == 202);
    talk.until(seq, "buyers-turn");
    assertHeardOnce(talk);
  }

  @Test
  @Order(1)
  void givenACommitThatNeverCame_thenItGoesOnFromTheRowBefore() throws SQLException {
    var talk = Talk.open(engine);
    long seq = talk.seq();
    try (var held = HeldCommits.of(engine.database(), journal(talk))) {
      givenThatItIsGivenUp(held, talk);
      held.breakOff();
    }
    Wait.until(NOTICED_MAX, "it is taken", () -> say(talk) == 202);
    talk.until(seq, "buyers-turn");
    assertHeardOnce(talk);
  }

  private void givenThatItIsGivenUp(HeldCommits held, Talk talk) {
    CompletableFuture.runAsync(() -> say(talk), ELSEWHERE);
    held.untilHeld(1);
    untilTold("Failed to persist", talk);
  }

  private void assertHeardOnce(Talk talk) {
    assertEquals(List.of(), talk.irregularities());
    assertEquals(GREETED, talk.types(0).subList(0, 16));
    assertEquals(HEARD, talk.types(16));
    var rows = new OtherNode(engine.database(), talk.id()).rows();
    assertInstanceOf(Chain.Followed.Whole.class, Chain.START.follow(rows));
    assertEquals(4, count("claim where conversation = '" + talk.id() + "'"));
  }

  @Test
  @Order(2)
  void givenARowThatIsGone_andWritersInTurn_thenNeitherIsGoneOnWith_andOthersAre()
      throws SQLException {
    var gone = Talk.open(engine);
    var torn = Talk.open(engine);
    var whole = Talk.open(engine);
    execute("delete from event_journal where persistence_id = '%s' and sequence_number = 3", gone);
    execute(
        "update event_journal set writer = 'another'"
            + " where persistence_id = '%s' and sequence_number = 3",
        torn);
    var found = verified();
    assertTrue(
        found.startsWith(
            "1: conversation default."
                + gone.id()
                + ", row 4: row 3 was expected: rows are missing\n"),
        found);

    engine.kill9();
    engine.launch().ready();
    for (var talk : List.of(gone, torn))
      CompletableFuture.runAsync(() -> say(talk.on(engine)), ELSEWHERE);
    untilTold("what came before this row is missing or altered: run ./baton verify", gone);
    untilTold("There was already a newer writer", torn);
    whole.on(engine).say("yes, that is fine");
    assertEquals(4, rows(gone));
    assertEquals(5, rows(torn));
  }

  @Test
  @Order(1)
  void givenThatTheLastRowIsGone_thenNothingIsAppendedBehindTheGap() throws SQLException {
    var talk = Talk.open(engine);
    execute("delete from event_journal where persistence_id = '%s' and sequence_number = 5", talk);
    CompletableFuture.runAsync(() -> say(talk), ELSEWHERE);
    untilTold("Failed to persist", talk);
    var rows = new OtherNode(engine.database(), talk.id()).rows();
    assertInstanceOf(Chain.Followed.Whole.class, Chain.START.follow(rows));
  }

  private long rows(Talk talk) {
    return count("event_journal where persistence_id = '" + journal(talk) + "'");
  }

  private void untilTold(String words, Talk talk) {
    Wait.until(NOTICED_MAX, "it is told of " + talk.id(), () -> told(words, talk) > 0);
  }

  private void execute(String sql, Talk talk) throws SQLException {
    try (var connection = engine.database().getConnection();
        var statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate(sql.formatted(journal(talk))));
    }
  }

  private String verified() {
    var out = new StringWriter();
    int status =
        new CommandLine(new VerifyCommand())
            .setOut(new PrintWriter(out, true))
            .execute("--data", engine.data().toString());
    return status + ": " + out;
  }

  private long count(String rows) {
    return new Ledger(engine.database()).count("select count(*) from " + rows);
  }

  private long told(String words, Talk talk) {
    return engine
        .err()
        .lines()
        .filter(line -> line.contains(words) && line.contains(talk.id() + "]"))
        .count();
  }

  private static String journal(Talk talk) {
    return "conversation|default." + talk.id();
  }

  /// The same message each time.
  private static int say(Talk talk) {
    return talk.buyer().say(talk.id(), "m1", "yes, that is fine").status();
  }
}
