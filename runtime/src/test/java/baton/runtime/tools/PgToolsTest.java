package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.action.Action;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What only a database can do to a tool, and for it.
class PgToolsTest {
  private static final Instant NINE = Instant.parse("2027-06-07T13:00:00Z");

  @Test
  void aDatabaseThatDoesNotAnswerLeavesTheOutcomeUnknown() {
    var bench = PgBench.seeded(Storage.tenant());
    var effect = bench.effect("k1", new Action.Quote("team", 1));
    var closed = PgBench.unreachable();
    var tool = new PriceBook(PgBench.effects(closed));
    assertInstanceOf(Unknown.class, tool.call(effect));
    assertInstanceOf(Unknown.class, tool.lookUp(effect));
    assertEquals(0, bench.number("select count(*) from tool_effect where tenant = ?"));
  }

  @Test
  void aCommitWithoutAnAnswerIsUnknownUntilItIsLookedUp() {
    var bench = PgBench.seeded(Storage.tenant());
    var effect = bench.effect("k1", new Action.Quote("team", 1));
    var tool = new PriceBook(PgBench.effects(PgBench.losingAnswers()));
    assertEquals(new Unknown("database-08006"), tool.call(effect));
    assertInstanceOf(Confirmed.class, bench.prices.lookUp(effect));
    assertEquals(1, bench.number("select count(*) from quote where tenant = ?"));
  }

  @Test
  void theVictimOfADeadlockIsDoneAgain() {
    var bench = PgBench.seeded(Storage.tenant());
    var both = new CyclicBarrier(2);
    var outcomes =
        Bench.race(
            List.<Callable<Outcome>>of(
                () -> raising(bench, both, "starter", "team"),
                () -> raising(bench, both, "team", "starter")));
    assertEquals(List.of(Outcome.confirmed(), Outcome.confirmed()), outcomes);
    assertEquals(
        List.of("1002", "2502", "6000"),
        bench.query("select minor from price_book where tenant = ? order by minor"));
  }

  @Test
  void theTableItselfRefusesOverlapsWhoeverWrites() throws SQLException {
    var bench = PgBench.seeded(Storage.tenant());
    var book = new Action.Book("avery@" + NINE, NINE, "Europe/Berlin");
    bench.confirmed(bench.calendar, "k1", book);
    String insert =
        "insert into booking select tenant, '%1$s', seller, subject, conversation,"
            + " tstzrange('%2$s', '%3$s'), '%4$s', 1, tstzrange('%2$s', '%3$s'), zone from booking"
            + " where tenant = ? and id ~ '^b'";
    for (var during :
        List.of(
            List.of("2027-06-07T12:00:00Z", "2027-06-07T13:00:01Z"),
            List.of("2027-06-07T13:10:00Z", "2027-06-07T13:20:00Z"),
            List.of("2027-06-07T13:29:59Z", "2027-06-07T15:00:00Z"),
            List.of("2027-06-07T12:00:00Z", "2027-06-07T15:00:00Z"))) {
      var overlap = insert.formatted("x", during.getFirst(), during.getLast(), "live");
      var refused = assertThrows(IllegalStateException.class, () -> bench.run(overlap));
      assertEquals("23P01", ((SQLException) refused.getCause()).getSQLState());
    }
    bench.run(insert.formatted("x1", "2027-06-07T12:00:00Z", "2027-06-07T13:00:00Z", "live"));
    bench.run(insert.formatted("x2", "2027-06-07T13:30:00Z", "2027-06-07T14:00:00Z", "live"));
    bench.run(insert.formatted("x3", "2027-06-07T13:00:00Z", "2027-06-07T13:30:00Z", "cancelled"));
    assertEquals(3, bench.liveBookings());
  }

  /// Raises two prices by one, the second only once the other runner has raised its first.
  private static Outcome raising(Bench bench, CyclicBarrier both, String first, String second) {
    var met = new AtomicBoolean();
    return PgBench.EFFECTS.once(
        bench.effect("k-" + first, new Action.Quote(first, 1)),
        sql -> {
          raise(sql, bench, first);
          if (met.compareAndSet(false, true)) Bench.await(both);
          raise(sql, bench, second);
          return Outcome.confirmed();
        });
  }

  private static void raise(Sql sql, Bench bench, String product) {
    sql.update(
        "update price_book set minor = minor + 1 where tenant = ? and product = ?",
        bench.tenant,
        product);
  }
}
