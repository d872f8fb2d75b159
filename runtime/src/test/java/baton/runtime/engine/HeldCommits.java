package baton.runtime.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// A database that takes its time: what is appended to these journals is done, and its commit does
/// not come back until it is let go.
final class HeldCommits implements AutoCloseable {
  private static final long KEY = 4_711;
  private static final String HELD = "locktype = 'advisory' and classid = 0 and objid = " + KEY;
  private static final Duration SEEN_MAX = Duration.ofSeconds(20);

  private final Connection holder;

  private HeldCommits(Connection holder) {
    this.holder = holder;
  }

  /// @param persistenceIds a pattern, as SQL has them
  static HeldCommits of(DataSource database, String persistenceIds) throws SQLException {
    var holder = database.getConnection();
    try (var statement = holder.createStatement()) {
      statement.execute("select pg_advisory_lock(" + KEY + ")");
      statement.execute(
          """
          create function held() returns trigger language plpgsql as $$
          begin
            perform pg_advisory_xact_lock_shared(%d);
            return null;
          end $$;
          create constraint trigger held after insert on event_journal
            deferrable initially deferred
            for each row when (new.persistence_id like '%s') execute function held();
          """
              .formatted(KEY, persistenceIds));
    }
    return new HeldCommits(holder);
  }

  /// Waits until so many commits are held.
  void untilHeld(int commits) {
    Wait.until(SEEN_MAX, commits + " commits are held", () -> count(HELD) == commits);
  }

  /// Waits until somebody waits for what becomes of a row that is held.
  void untilAnotherWaits() {
    Wait.until(
        SEEN_MAX, "another waits for the same row", () -> count("locktype = 'transactionid'") > 0);
  }

  private long count(String waitingFor) {
    try (var statement = holder.createStatement();
        var row =
            statement.executeQuery(
                "select count(*) from pg_locks where not granted and " + waitingFor)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// They come back, and all later ones at once.
  void letGo() throws SQLException {
    try (var statement = holder.createStatement()) {
      statement.execute("select pg_advisory_unlock(" + KEY + ")");
    }
  }

  /// Their sessions end: none of it was ever there.
  void breakOff() throws SQLException {
    try (var statement = holder.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid, 5000) from pg_locks where not granted and " + HELD);
    }
    letGo();
  }

  @Override
  public void close() throws SQLException {
    try (holder;
        var statement = holder.createStatement()) {
      statement.execute("select pg_advisory_unlock_all()");
      statement.execute("drop trigger held on event_journal; drop function held()");
    }
  }
}
