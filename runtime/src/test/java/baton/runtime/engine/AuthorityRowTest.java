package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a claim rests on is in the database before anybody is told that it has moved.
@ExtendWith(RunningEngine.class)
class AuthorityRowTest {
  private static final Executor ELSEWHERE = Thread::startVirtualThread;
  private static final Duration SEEN_MAX = Duration.ofSeconds(20);

  @Test
  void givenThatTheRowCannotBeWrittenYet_thenNobodyIsToldAndNothingElseIsTaken(EngineProcess engine)
      throws SQLException {
    var talk = Talk.open(engine);
    long seq = talk.seq();
    var ledger = new Ledger(engine.database());
    try (var holder = engine.database().getConnection();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute(
          "select 1 from authority where conversation = '" + talk.id() + "' for update");

      var takenOver =
          CompletableFuture.supplyAsync(
              () -> talk.operator().takeOver(talk.id()).status(), ELSEWHERE);
      talk.until(seq, "granted");
      var said = CompletableFuture.supplyAsync(() -> talk.saying("hello?"), ELSEWHERE);
      Wait.until(
          SEEN_MAX,
          "what the buyer said waits",
          () -> engine.metric("baton_commands_stashed") == 1);
      assertFalse(takenOver.isDone());
      assertFalse(said.isDone());
      assertEquals(0, talk.heard().size());

      holder.rollback();
      assertEquals(200, takenOver.join());
      said.join();
    }
    assertEquals(1, talk.heard().size());
    assertEquals(authority(ledger, talk), row(ledger, talk));
  }

  @Test
  void givenThatAnotherNodeMovedItAndEnded_whenItIsReadAgain_thenTheRowIsWrittenFirst(
      EngineProcess engine) throws SQLException {
    var talk = Talk.open(engine);
    var ledger = new Ledger(engine.database());
    var other = new OtherNode(engine.database(), talk.id());
    other.wakes(other.appends(new Command.TakeOver("kim")));
    Wait.until(
        SEEN_MAX,
        "the row has come after the journal",
        () -> row(ledger, talk) == authority(ledger, talk));
  }

  private static long row(Ledger ledger, Talk talk) {
    return ledger.count("select authority from authority where conversation = '" + talk.id() + "'");
  }

  private static long authority(Ledger ledger, Talk talk) {
    var id = new ConversationId(ConversationId.DEFAULT_TENANT, talk.id());
    return ((State.Live) ledger.state(id)).authority();
  }
}
