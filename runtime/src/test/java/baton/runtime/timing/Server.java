package baton.runtime.timing;

import baton.runtime.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The database server as it is measured beside the engine: what it counts, and what it can do for
/// somebody who does nothing but write rows.
final class Server {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
  private static final String ROW =
      "insert into yardstick (id, payload) values (default, repeat('x', 400));\n";

  private static final String COUNTS =
      """
      select 'commits', xact_commit::numeric from pg_stat_database
        where datname = current_database()
      union all select 'syncs', sum(fsyncs)::numeric from pg_stat_io where object = 'wal'
      union all select 'wal', wal_bytes::numeric from pg_stat_wal
      union all select 'row ' || relname, (n_tup_ins + n_tup_upd)::numeric
        from pg_stat_user_tables where n_tup_ins + n_tup_upd > 0
      union all select 'ordering', coalesce(max(ordering), 0)::numeric from event_journal
      """;

  private static final String ROWS =
      """
      select split_part(replace(persistence_id, '|', ' '), ' ', 1) as journal,
        count(*), avg(octet_length(event_payload))
      from event_journal where ordering > ? group by 1 order by 1
      """;

  private final Storage storage;
  private final Path script;

  Server(Storage storage, Path data) throws IOException, SQLException {
    this.storage = storage;
    this.script = data.resolve("yardstick.sql");
    Files.writeString(script, ROW);
    try (var connection = storage.database().source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists yardstick (id bigserial primary key, payload text)");
    }
  }

  static long postmaster(Path data) throws IOException {
    var file = data.resolve("postgres").resolve("postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).getFirst().strip());
  }

  Map<String, Double> counts() throws SQLException {
    var counts = new TreeMap<String, Double>();
    try (var connection = storage.database().source().getConnection();
        var select = connection.prepareStatement(COUNTS);
        var rows = select.executeQuery()) {
      while (rows.next()) counts.put(rows.getString(1), rows.getDouble(2));
    }
    return counts;
  }

  /// How many rows each kind of journal has got, and how large they are.
  String journal(double afterOrdering) throws SQLException {
    var text = new StringBuilder();
    try (var connection = storage.database().source().getConnection();
        var select = connection.prepareStatement(ROWS)) {
      select.setLong(1, (long) afterOrdering);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          text.append("%s rows of %.0f bytes; ".formatted(rows.getString(1), rows.getDouble(3)));
        }
      }
    }
    return text.toString();
  }

  /// Rows a second, each of 400 bytes and in a transaction of its own.
  double yardstick(int clients, int seconds) throws IOException, InterruptedException {
    var address = Pattern.compile("//([^:/]+):([0-9]+)/([^?]+)").matcher(storage.url());
    if (!address.find()) throw new IOException("no host and port in the address");
    var command =
        new ProcessBuilder(
            "pgbench",
            "-n",
            "-M",
            "prepared",
            "-f",
            script.toString(),
            "-c",
            Integer.toString(clients),
            "-j",
            clients == 1 ? "1" : "2",
            "-T",
            Integer.toString(seconds),
            "-h",
            address.group(1),
            "-p",
            address.group(2),
            "-U",
            storage.user(),
            address.group(3));
    command.environment().put("PGPASSWORD", storage.password());
    var process = command.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    var rate = RATE.matcher(said);
    if (!rate.find()) throw new IOException("pgbench: " + said);
    return Double.parseDouble(rate.group(1));
  }
}
