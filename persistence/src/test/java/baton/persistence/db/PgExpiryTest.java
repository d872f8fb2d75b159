package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.port.Claims.Answer;
import baton.handoff.port.Claims.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A permit that was good when it was asked for, and is not any more when the locks are had.
@ExtendWith(TestDatabase.class)
final class PgExpiryTest {
  private static final Duration GOOD_FOR = Duration.ofMillis(300);
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private final Database database;
  private final Ports ports;

  PgExpiryTest(Database database, Ports ports) {
    this.database = database;
    this.ports = ports;
  }

  @Test
  void givenAClaimThatWaitsForALockBeyondItsExpiryThenItIsRefused() throws SQLException {
    var s = Setting.in(ports).at("a", 1);
    long key = Locks.key(Locks.Level.CONVERSATION, s.tenant(), "a");
    try (var holder = database.source().getConnection()) {
      holder.setAutoCommit(false);
      run(holder, "select pg_advisory_xact_lock(" + key + ")");
      var expiresAt = now(holder).plus(GOOD_FOR);
      var request = s.draft("a", 1, 1).expiresAt(expiresAt).request();
      var asked = CompletableFuture.supplyAsync(() -> ports.claims().claim(List.of(request)));
      until(() -> count("select count(*) from pg_locks where not granted") > 0);
      assertTrue(now(holder).isBefore(expiresAt), "it came in time");
      until(() -> now(holder).isAfter(expiresAt));
      holder.commit();
      assertEquals(List.of(new Answer.Refused(Reason.EXPIRED)), asked.join());
    }
    assertEquals(0, count("select count(*) from claim where tenant = '" + s.tenant() + "'"));
  }

  /// By the database's clock, whose time the claim goes by.
  private static Instant now(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long count(String sql) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private interface Holds {
    boolean look() throws SQLException;
  }

  private static void until(Holds holds) throws SQLException {
    while (!holds.look()) LockSupport.parkNanos(LOOK_AGAIN_NANOS);
  }
}
