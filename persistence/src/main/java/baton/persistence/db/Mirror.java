package baton.persistence.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps this node's copies of small tables: one thread that looks every so often for rows that are
/// new. What a copy says may be that old, or older while the database is away; the claim itself
/// never reads it.
///
/// Looking costs less than to be notified: a notification is written under a lock that all commits
/// of the server share, and attempts are counted at the rate of claims.
public final class Mirror implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Mirror.class);

  private final DataSource source;
  private final List<Table> tables = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread;
  private boolean away;

  public Mirror(DataSource source, Duration every) {
    this.source = source;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("baton-mirror").factory());
    thread.scheduleWithFixedDelay(
        this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// One mirrored table, with a column `tx` that names the transaction which last wrote a row.
  ///
  /// @param select reads its rows; `where tx >= …` is put behind it
  public Table table(String select, Reader reader) {
    var table = new Table(select, reader);
    table.refresh();
    tables.add(table);
    return table;
  }

  private void look() {
    try {
      for (var table : tables) table.refresh();
      if (away) log.info("the database answers again");
      away = false;
    } catch (RuntimeException e) {
      // The copies stay as they are, and the next look tries again.
      if (!away) log.warn("cannot look for changes: {}", e.getMessage());
      away = true;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /// Takes in rows that may be new; some may have been seen before.
  public interface Reader {
    void read(ResultSet rows) throws SQLException;
  }

  public final class Table {
    private final String select;
    private final Reader reader;
    private String seen = "0";

    private Table(String select, Reader reader) {
      this.select = select;
      this.reader = reader;
    }

    /// When this has returned, all that was committed before the call is in the copy.
    public synchronized void refresh() {
      seen = Work.run(source, this::readNew);
    }

    private String readNew(Connection connection) throws SQLException {
      // The horizon is taken first: a transaction that ends between the two is seen twice, not
      // never.
      String horizon = horizon(connection);
      try (PreparedStatement statement =
          connection.prepareStatement(select + " where tx >= ?::xid8")) {
        statement.setString(1, seen);
        try (var rows = statement.executeQuery()) {
          reader.read(rows);
        }
      }
      return horizon;
    }

    private static String horizon(Connection connection) throws SQLException {
      try (var statement = connection.createStatement();
          var row =
              statement.executeQuery("select pg_snapshot_xmin(pg_current_snapshot())::text")) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
