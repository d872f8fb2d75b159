package baton.bench.load;

import baton.runtime.Storage;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// What the database server counts while it is measured beside the engine.
public final class Server {
  private static final String COUNTS =
      """
      select 'commits', xact_commit::numeric from pg_stat_database
        where datname = current_database()
      union all select 'bytes of WAL', wal_bytes::numeric from pg_stat_wal
      union all select 'rows of ' || relname, (n_tup_ins + n_tup_upd)::numeric
        from pg_stat_user_tables where n_tup_ins + n_tup_upd > 0
      """;

  private static final String SYNCS =
      "select sum(fsyncs)::numeric from pg_stat_io where object = 'wal'";

  /// Before that the server does not say how often it synced its log.
  private static final int SYNCS_SINCE = 18;

  private final Storage storage;

  public Server(Storage storage) {
    this.storage = storage;
  }

  public Map<String, Double> counts() throws SQLException {
    var counts = new TreeMap<String, Double>();
    try (var connection = storage.database().source().getConnection();
        var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery(COUNTS)) {
        while (rows.next()) counts.put(rows.getString(1), rows.getDouble(2));
      }
      if (connection.getMetaData().getDatabaseMajorVersion() >= SYNCS_SINCE) {
        try (var row = statement.executeQuery(SYNCS)) {
          row.next();
          counts.put("syncs", row.getDouble(1));
        }
      }
    }
    return counts;
  }

  /// Such as `PostgreSQL 18.6`.
  public String version() throws SQLException {
    try (var connection = storage.database().source().getConnection()) {
      return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion().split(" ")[0];
    }
  }
}
