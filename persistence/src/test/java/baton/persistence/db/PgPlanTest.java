package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Outcome;
import baton.handoff.port.Claims.Answer;
import baton.handoff.port.Claims.Settlement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a claim reads must not grow with what was claimed before.
@ExtendWith(TestDatabase.class)
final class PgPlanTest {
  private static final int BATCHES = 40;
  private static final int BATCH = 50;

  private final LocalServer server;
  private final Database database;

  PgPlanTest(LocalServer server, Database database) {
    this.server = server;
    this.database = database;
  }

  @Test
  void givenAPlanMadeOverEmptyTablesWhenTheyGrowThenAClaimStillReadsItsOwnRowsAlone()
      throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database growing");
    }
    var url = server.jdbcUrl().replaceFirst("/postgres$", "/growing");
    try (var growing = Database.open(url, server.user(), server.password());
        var mirror = new Mirror(growing.source(), Duration.ofHours(1))) {
      var ports = Ports.inPostgres(growing, mirror);
      var s = Setting.in(ports).at("a", 1);
      for (int seq = 1; seq <= BATCH; seq++) claimAndSettle(s, seq, 1);
      for (int i = 1; i < BATCHES; i++) claimAndSettle(s, 1 + i * BATCH, BATCH);
      assertEquals(List.of(), ports.claims().open(s.id("a")));
      long reads =
          ofClaims(
              growing,
              """
              select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'claim')
                + (select seq_tup_read from pg_stat_user_tables where relname = 'claim')
              """);
      assertTrue(reads < 20L * BATCHES * BATCH, "reads " + reads);
      long moved =
          ofClaims(
              growing,
              "select n_tup_upd - n_tup_hot_upd from pg_stat_user_tables where relname = 'claim'");
      assertEquals(0, moved, "claims whose outcome takes an entry in each index");
    }
  }

  private static void claimAndSettle(Setting s, int from, int count) {
    var requests =
        LongStream.range(from, from + count)
            .mapToObj(seq -> s.draft("a", seq, 1).request())
            .toList();
    var settlements =
        s.ports().claims().claim(requests).stream()
            .map(answer -> assertInstanceOf(Answer.Granted.class, answer))
            .map(granted -> new Settlement(s.tenant(), granted.n(), Outcome.confirmed()))
            .toList();
    s.ports().claims().settle(settlements);
  }

  /// Of all its calls the pool has given out one connection, which reports here.
  private static long ofClaims(Database growing, String figure) throws SQLException {
    try (var connection = growing.claims().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("select pg_stat_force_next_flush()");
      try (var row = statement.executeQuery(figure)) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
