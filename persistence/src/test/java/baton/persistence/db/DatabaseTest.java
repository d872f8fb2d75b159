package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class DatabaseTest {
  private final LocalServer server;
  private final Database database;

  DatabaseTest(LocalServer server, Database database) {
    this.server = server;
    this.database = database;
  }

  private String refusal(String url, String password) {
    var message =
        assertThrows(Unusable.class, () -> Database.open(url, server.user(), password).close())
            .getMessage();
    assertFalse(message.contains("\n"));
    assertFalse(message.contains(server.password()));
    return message;
  }

  /// A database of its own on the same server.
  private String fresh(String name) throws SQLException {
    execute("create database " + name);
    return server.jdbcUrl().replaceFirst("/postgres$", "/" + name);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void givenADatabaseThatMayForgetACommitThenItIsRefused() {
    var url = server.jdbcUrl() + "?options=-c%20synchronous_commit=off";
    assertTrue(refusal(url, server.password()).contains("synchronous_commit = off"));
  }

  @Test
  void aClockIsHeldAgainstTheDatabases() {
    assertEquals(Duration.ZERO, database.ahead(InstantSource.system()));
    var late = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(-7));
    assertEquals(-7, Math.round(database.ahead(late).toMillis() / 1000.0));
    var early = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(7));
    assertEquals(7, Math.round(database.ahead(early).toMillis() / 1000.0));
  }

  @Test
  void givenAnEmptyDatabaseWhenItIsOpenedTwiceThenItsTablesAreMadeOnce() throws SQLException {
    var url = fresh("twice");
    for (int i = 0; i < 2; i++) {
      try (var opened = Database.open(url, server.user(), server.password());
          var connection = opened.claims().getConnection();
          var statement = connection.createStatement();
          var row = statement.executeQuery("select count(*) from event_journal, claim")) {
        assertTrue(row.next());
        assertEquals(0, row.getInt(1));
      }
    }
  }

  @Test
  void givenTablesOfANewerBatonThenTheDatabaseIsRefused() throws SQLException {
    var url = fresh("newer");
    try (var opened = Database.open(url, server.user(), server.password());
        var connection = opened.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into flyway_schema_history (
            installed_rank, version, description, type, script, checksum, installed_by,
            execution_time, success)
          values (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'later', 1, true)
          """);
    }
    assertTrue(refusal(url, server.password()).contains("newer Baton"));
  }

  @Test
  void givenADatabaseOfSomebodyElseThenItIsRefusedAndNothingIsChanged() throws SQLException {
    var url = fresh("foreign_tables");
    try (var connection =
            java.sql.DriverManager.getConnection(url, server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute("create table theirs (id int)");
      assertTrue(refusal(url, server.password()).contains("empty database"));
      try (var row =
          statement.executeQuery(
              "select count(*) from information_schema.tables where table_schema = 'public'")) {
        row.next();
        assertEquals(1, row.getInt(1));
      }
    }
  }

  @Test
  void givenAWrongPasswordOrAddressThenTheRefusalSaysWhatToCheckAndNotThePassword() {
    assertTrue(refusal(server.jdbcUrl(), "guessed").contains("cannot connect"));
    assertTrue(refusal("jdbc:mysql://localhost/x", "guessed").contains("jdbc:postgresql:"));
  }

  @Test
  void givenAnotherIsolationLevelThenClaimsAreNotMade() throws SQLException {
    try (var connection = database.claims().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("set default_transaction_isolation = 'repeatable read'");
      try {
        var refusal =
            assertThrows(
                SQLException.class,
                () -> statement.execute("select lock_scopes(array[1], array[true])"));
        assertTrue(refusal.getMessage().contains("read committed"));
      } finally {
        statement.execute("set default_transaction_isolation = 'read committed'");
      }
    }
  }
}
