package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.persistence.db.Locks.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tables that are brought up to date while nodes of an earlier version use them.
@ExtendWith(TestDatabase.class)
final class PgMigrationTest {
  private static final String WAITING =
      "select count(*) from pg_locks where locktype = 'advisory' and not granted"
          + " and database = (select oid from pg_database where datname = current_database())";

  private final LocalServer server;
  private final Database all;

  PgMigrationTest(LocalServer server, Database all) {
    this.server = server;
    this.all = all;
  }

  @Test
  void givenAClaimThatAnEarlierFunctionMakesMeanwhile_thenItIsListedAmongThoseThatAreOpen()
      throws Exception {
    try (var connection = all.source().getConnection()) {
      execute(connection, "create database meanwhile");
    }
    var url = server.jdbcUrl().replaceFirst("/postgres$", "/meanwhile");
    Flyway.configure()
        .dataSource(url, server.user(), server.password())
        .locations("classpath:db/migration")
        .target("14")
        .load()
        .migrate();
    try (var under = connection(url);
        var looking = connection(url);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      under.setAutoCommit(false);
      try (var lock = under.prepareStatement("select lock_scopes(?, ?)")) {
        new Locks().engine().bind(lock, 1);
        lock.execute();
      }
      execute(
          under,
          """
          insert into claim (
            tenant, permit, n, conversation, campaign, subject, role, epoch, authority, policy, kind,
            key, digest, payload, claimant, claimed_at)
          values ('t', 'p', nextval('claim_n'), 'a', 'c', 's', 'booking', 1, 1, 'h', 'speak',
            'k', 'd', '{}', gen_random_uuid(), clock_timestamp())
          """);
      var opened = threads.submit(() -> Database.open(url, server.user(), server.password()));
      while (count(looking, WAITING) == 0 && !opened.isDone()) Thread.onSpinWait();
      under.commit();
      try (var _ = opened.get()) {
        assertEquals(1, count(looking, "select count(*) from open_claim where permit = 'p'"));
      }
    }
  }

  @Test
  void theLockOfTheMigrationIsTheEngines() {
    assertEquals(2261830986931211195L, Locks.key(Level.ENGINE, "", ""));
  }

  private Connection connection(String url) throws SQLException {
    return DriverManager.getConnection(url, server.user(), server.password());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
