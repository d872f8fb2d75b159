package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.port.Tool.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/// The ledger on PostgreSQL: an effect and its outcome are one transaction.
public final class Effects implements Ledger<Sql> {
  /// Two-key advisory locks, a space of their own beside the one-key locks of claims.
  private static final int LOCKS = 0x746f6f6c;

  /// The victim of a deadlock was rolled back, so it is safe to do it again.
  private static final String DEADLOCK = "40P01";

  /// Class 22, data exceptions: text or a number that the database cannot hold.
  private static final String DATA_EXCEPTIONS = "22";

  private static final int ATTEMPTS = 3;

  /// A snapshot for each statement, so that what is read after the lock is what its last holder
  /// committed. The bounds let go of rows and locks that a halted process holds.
  private static final String BOUNDS =
      """
      set transaction isolation level read committed;
      set local lock_timeout = '5s';
      set local statement_timeout = '10s';
      set local idle_in_transaction_session_timeout = '15s'\
      """;

  private final DataSource database;
  private final Function<Outcome, String> write;
  private final Function<String, Outcome> read;

  /// @param write JSON of an outcome
  /// @param read the inverse of `write`
  public Effects(
      DataSource database, Function<Outcome, String> write, Function<String, Outcome> read) {
    this.database = database;
    this.write = write;
    this.read = read;
  }

  @Override
  public Outcome once(Effect effect, Work<Sql> work) {
    String state = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return inTransaction(effect, work);
      } catch (SQLException broken) {
        state = new Sql.Refused(broken).state();
      } catch (Sql.Refused broken) {
        state = broken.state();
      }
      if (!state.equals(DEADLOCK)) break;
    }
    return new Unknown(state.isEmpty() ? "database" : "database-" + state);
  }

  /// The table of letters, on the same database.
  Ledger<Letters> letters() {
    return on(sql -> new PgLetters(sql, write, read));
  }

  /// In a transaction of its own.
  @Override
  public <R> R direct(Function<Sql, R> query) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var answer = query.apply(new Sql(connection));
        connection.commit();
        return answer;
      } catch (SQLException | RuntimeException broken) {
        connection.rollback();
        throw broken;
      }
    } catch (SQLException | Sql.Refused broken) {
      throw new IllegalStateException("the database did not answer a tool", broken);
    }
  }

  private Outcome inTransaction(Effect effect, Work<Sql> work) throws SQLException {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        return settle(connection, effect, work);
      } catch (SQLException | RuntimeException broken) {
        connection.rollback();
        throw broken;
      }
    }
  }

  private Outcome settle(Connection connection, Effect effect, Work<Sql> work) throws SQLException {
    try (var bounds = connection.createStatement()) {
      bounds.execute(BOUNDS);
    }
    var sql = new Sql(connection);
    lock(sql, effect);
    var stored = stored(sql, effect).flatMap(settled -> settled.standsFor(effect));
    if (stored.isPresent()) {
      connection.rollback();
      return stored.get();
    }
    var settled = Settled.of(effect, attempt(connection, work));
    store(sql, effect, settled);
    connection.commit();
    return settled.outcome();
  }

  private static void lock(Sql sql, Effect effect) {
    int key = (effect.conversation().tenant() + "\n" + effect.key()).hashCode();
    sql.rows("select pg_advisory_xact_lock(?, ?)", _ -> key, LOCKS, key);
  }

  private Optional<Settled> stored(Sql sql, Effect effect) {
    return sql.row(
        "select digest, outcome, at from tool_effect where tenant = ? and key = ?",
        row -> new Settled(row.getString(1), read.apply(row.getString(2)), Sql.instant(row, 3)),
        effect.conversation().tenant(),
        effect.key());
  }

  private static Outcome attempt(Connection connection, Work<Sql> work) throws SQLException {
    var before = connection.setSavepoint();
    try {
      var outcome = work.on(new Sql(connection));
      if (outcome instanceof Failed) connection.rollback(before);
      return outcome;
    } catch (Sql.Refused refused) {
      if (!refused.state().startsWith(DATA_EXCEPTIONS)) throw refused;
      connection.rollback(before);
      return BAD_ARGUMENTS;
    }
  }

  /// The row that it may find is a fence that a later claim got past.
  private void store(Sql sql, Effect effect, Settled settled) {
    sql.update(
        """
        insert into tool_effect (tenant, key, kind, digest, outcome, at)
        values (?, ?, ?, ?, ?::json, ?)
        on conflict (tenant, key) do update set outcome = excluded.outcome, at = excluded.at\
        """,
        effect.conversation().tenant(),
        effect.key(),
        effect.action().kind(),
        settled.digest(),
        write.apply(settled.outcome()),
        settled.at());
  }
}
