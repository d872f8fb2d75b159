package baton.bench.load;

import baton.runtime.Storage;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the database server counts while it is measured beside the engine.
public final class Server {
  private static final String COUNTS =
      """
      select 'commits', xact_commit::numeric from pg_stat_database
        where datname = current_database()
      union all select 'bytes of WAL', wal_bytes from pg_stat_wal
      union all (select 'rows of ' || relname, (n_tup_ins + n_tup_upd)::numeric
        from pg_stat_user_tables where n_tup_ins + n_tup_upd > 0 order by 1)
      """;

  private static final String SYNCS =
      """
      select 'syncs', sum(fsyncs)::numeric from pg_stat_io where object = 'wal'
      union all
      """;

  /// Before that the server does not say how often it synced its log.
  private static final int SYNCS_SINCE = 18;

  private final Storage storage;

  public Server(Storage storage) {
    this.storage = storage;
  }

  /// By what is counted, in the order in which people ask for it.
  public Map<String, Double> counts() throws SQLException {
    var counts = new LinkedHashMap<String, Double>();
    try (var connection = storage.database().source().getConnection();
        var statement = connection.createStatement()) {
      boolean syncs = connection.getMetaData().getDatabaseMajorVersion() >= SYNCS_SINCE;
      try (var rows = statement.executeQuery(syncs ? SYNCS + COUNTS : COUNTS)) {
        while (rows.next()) counts.put(rows.getString(1), rows.getDouble(2));
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
