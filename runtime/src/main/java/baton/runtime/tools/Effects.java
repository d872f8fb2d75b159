package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.action.Canonical;
import baton.handoff.port.Tool.Effect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/// Carries each effect out once: what a tool changes and what it answers are committed together,
/// under tenant and idempotency key.
public final class Effects {
  /// A key that was used for another action before.
  static final String KEY_REUSED = "key-reused";

  private static final Outcome NEVER_DONE = new Failed(Failed.NEVER_DONE);

  /// Two-key advisory locks, a space of their own beside the one-key locks of claims.
  private static final int LOCKS = 0x746f6f6c;

  /// The victim of a deadlock was rolled back, so it is safe to do it again.
  private static final String DEADLOCK = "40P01";

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

  /// What a tool does within the effect's transaction. What it changed is undone where it answers
  /// `Failed`. It never answers `Unknown`.
  interface Work {
    Outcome in(Connection connection) throws SQLException;
  }

  /// The stored outcome where there is one, else what the work answers now. `Unknown` where the
  /// database did not answer: then [#lookUp] tells.
  Outcome once(Effect effect, Work work) {
    String state = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return inTransaction(effect, work);
      } catch (SQLException broken) {
        state = Objects.requireNonNullElse(broken.getSQLState(), "");
        if (!state.equals(DEADLOCK)) break;
      }
    }
    return new Unknown(state.isEmpty() ? "database" : "database-" + state);
  }

  /// A look-up is a call that does nothing. Its `never-done` is stored with the time of the claim,
  /// as a fence: the call of that claim, should it have been halted on its way and come late, does
  /// nothing either. A later claim of the same proposal gets past it.
  Outcome lookUp(Effect effect) {
    return once(effect, _ -> NEVER_DONE);
  }

  /// A read or a change that belongs to no effect, in a transaction of its own.
  <T> T direct(Query<T> query) {
    try (var connection = database.getConnection()) {
      return query.in(connection);
    } catch (SQLException broken) {
      throw new IllegalStateException("the database did not answer a tool", broken);
    }
  }

  interface Query<T> {
    T in(Connection connection) throws SQLException;
  }

  /// A name for what an effect makes, the same whenever it is made: `prefix` and 20 hex digits.
  static String id(String prefix, Effect effect) {
    return id(prefix, effect.conversation().tenant(), effect.key());
  }

  static String id(String prefix, String tenant, String rest) {
    return prefix + Canonical.sha256(tenant + "\n" + rest).substring(0, 20);
  }

  /// How JDBC takes an instant. Beyond microseconds the database would round.
  static OffsetDateTime stamp(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private Outcome inTransaction(Effect effect, Work work) throws SQLException {
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

  private Outcome settle(Connection connection, Effect effect, Work work) throws SQLException {
    try (var bounds = connection.createStatement()) {
      bounds.execute(BOUNDS);
    }
    lock(connection, effect);
    var stored = stored(connection, effect);
    if (stored.isPresent()) {
      connection.rollback();
      return stored.get();
    }
    var outcome = attempt(connection, work);
    store(connection, effect, outcome);
    connection.commit();
    return outcome;
  }

  private static void lock(Connection connection, Effect effect) throws SQLException {
    try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
      lock.setInt(1, LOCKS);
      lock.setInt(2, (effect.conversation().tenant() + "\n" + effect.key()).hashCode());
      lock.execute();
    }
  }

  /// What stands for the effect's claim already.
  private Optional<Outcome> stored(Connection connection, Effect effect) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select digest, outcome, at < ? from tool_effect where tenant = ? and key = ?")) {
      select.setObject(1, stamp(effect.at()));
      select.setString(2, effect.conversation().tenant());
      select.setString(3, effect.key());
      try (var row = select.executeQuery()) {
        if (!row.next()) return Optional.empty();
        if (!row.getString(1).equals(Canonical.digest(effect.action()))) {
          return Optional.of(new Failed(KEY_REUSED));
        }
        var outcome = read.apply(row.getString(2));
        boolean fenced = !outcome.equals(NEVER_DONE) || !row.getBoolean(3);
        return fenced ? Optional.of(outcome) : Optional.empty();
      }
    }
  }

  private static Outcome attempt(Connection connection, Work work) throws SQLException {
    var before = connection.setSavepoint();
    try {
      return switch (work.in(connection)) {
        case Confirmed done -> done;
        case Failed refused -> {
          connection.rollback(before);
          yield refused;
        }
        case Unknown _ -> throw new IllegalStateException("a tool on this database always knows");
      };
    } catch (SQLException refused) {
      // Class 22, data exceptions: text or a number that the database cannot hold.
      if (refused.getSQLState() == null || !refused.getSQLState().startsWith("22")) throw refused;
      connection.rollback(before);
      return new Failed("bad-arguments");
    }
  }

  /// The row that it may find is a fence that a later claim got past.
  private void store(Connection connection, Effect effect, Outcome outcome) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into tool_effect (tenant, key, kind, digest, outcome, at)"
                + " values (?, ?, ?, ?, ?::json, ?)"
                + " on conflict (tenant, key) do update"
                + " set outcome = excluded.outcome, at = excluded.at")) {
      insert.setString(1, effect.conversation().tenant());
      insert.setString(2, effect.key());
      insert.setString(3, effect.action().kind());
      insert.setString(4, Canonical.digest(effect.action()));
      insert.setString(5, write.apply(outcome));
      insert.setObject(6, stamp(effect.at()));
      insert.executeUpdate();
    }
  }
}
