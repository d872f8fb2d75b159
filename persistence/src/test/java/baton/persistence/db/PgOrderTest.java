package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.port.Claims.Answer;
import baton.handoff.port.Claims.Authority;
import baton.persistence.db.Locks.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Locks are taken from the lowest key to the highest, in whatever order a batch comes: whoever
/// waits for one holds none above it, so no two wait for each other.
@ExtendWith(TestDatabase.class)
final class PgOrderTest {
  private static final long LOOK_AGAIN_NANOS = 2_000_000;

  private final Database database;
  private final Ports ports;
  private final Setting s;

  PgOrderTest(Database database, Ports ports) {
    this.database = database;
    this.ports = ports;
    this.s = Setting.in(ports).at("a", 1).at("b", 1);
  }

  @Test
  void givenAttemptsOfTwoBuyersInEitherOrderThenTheLowerKeyIsWaitedForWithoutTheHigher()
      throws SQLException {
    var answers = new ArrayList<Answer>();
    var one = s.draft("a", 1, 1).countedAsAttempt();
    var other = s.draft("b", 2, 1).countedAsAttempt();
    waits(
        keys(Level.SUBJECT, "buyer-a", "buyer-b"),
        () -> answers.addAll(ports.claims().claim(List.of(one.request(), other.request()))));
    var next = s.draft("a", 3, 1).countedAsAttempt();
    var last = s.draft("b", 4, 1).countedAsAttempt();
    waits(
        keys(Level.SUBJECT, "buyer-a", "buyer-b"),
        () -> answers.addAll(ports.claims().claim(List.of(last.request(), next.request()))));
    assertTrue(answers.stream().allMatch(Answer.Granted.class::isInstance), answers::toString);
  }

  @Test
  void givenAuthorityOfTwoConversationsInEitherOrderThenTheLowerKeyIsWaitedForWithoutTheHigher()
      throws SQLException {
    var a = new Authority(s.id("a"), "buyer-a", 2, false);
    var b = new Authority(s.id("b"), "buyer-b", 2, false);
    var keys = keys(Level.CONVERSATION, "a", "b");
    waits(keys, () -> ports.claims().advance(List.of(a, b)));
    waits(keys, () -> ports.claims().advance(List.of(b, a)));
  }

  private long[] keys(Level level, String one, String other) {
    return LongStream.of(Locks.key(level, s.tenant(), one), Locks.key(level, s.tenant(), other))
        .sorted()
        .toArray();
  }

  private void waits(long[] keys, Runnable work) throws SQLException {
    try (var holder = database.source().getConnection()) {
      holder.setAutoCommit(false);
      is(holder, "select pg_advisory_xact_lock(" + keys[0] + ") is not null");
      var done = CompletableFuture.runAsync(work, Thread::startVirtualThread);
      while (!is(holder, "select exists (select from pg_locks where not granted)")) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
      boolean free = is(holder, "select pg_try_advisory_xact_lock(" + keys[1] + ")");
      holder.rollback();
      done.join();
      assertTrue(free, "it held the higher key while it waited for the lower");
    }
  }

  private static boolean is(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
