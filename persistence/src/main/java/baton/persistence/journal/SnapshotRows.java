package baton.persistence.journal;

import baton.persistence.db.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/// The table of snapshots. What many actors load at the same time is one statement.
final class SnapshotRows implements AutoCloseable {
  /// @param number of the last row of the journal that it covers
  /// @param created in milliseconds since 1970
  record Row(String persistenceId, long number, long created, Payloads.Payload payload) {}

  /// Which ones are meant, all bounds inclusive.
  record Range(long from, long to, long createdFrom, long createdTo) {}

  private record Load(String persistenceId, Range range) {}

  private interface Change {
    void on(Connection connection) throws SQLException;
  }

  private static final int LOADS_MAX = 50;

  /// Connections that are used at most.
  static final int CONNECTIONS = 2;

  private static final String LATEST =
      """
      select w.n, s.sequence_number, s.created, s.snapshot_ser_id, s.snapshot_ser_manifest,
        s.snapshot_payload
      from unnest(?, ?, ?, ?, ?) with ordinality
        as w (id, first, last, created_first, created_last, n), lateral (
        select * from snapshot
        where persistence_id = w.id and sequence_number between w.first and w.last
          and created between w.created_first and w.created_last
        order by sequence_number desc limit 1) s
      """;

  private static final String SAVE =
      """
      insert into snapshot (
        persistence_id, sequence_number, created, snapshot_ser_id, snapshot_ser_manifest,
        snapshot_payload)
      values (?, ?, ?, ?, ?, ?)
      on conflict (persistence_id, sequence_number) do update
        set created = excluded.created, snapshot_ser_id = excluded.snapshot_ser_id,
          snapshot_ser_manifest = excluded.snapshot_ser_manifest,
          snapshot_payload = excluded.snapshot_payload
      """;

  private static final String DELETE =
      """
      delete from snapshot
      where persistence_id = ? and sequence_number between ? and ? and created between ? and ?
      """;

  private final DataSource database;
  private final Batches<Load, Optional<Row>> loads;
  private final Batches<Change, Void> changes;

  SnapshotRows(DataSource database) {
    this.database = database;
    this.loads = new Batches<>("snapshot-read", 1, LOADS_MAX, _ -> false, this::rows);
    this.changes = new Batches<>("snapshot-write", 1, 1, _ -> false, this::change);
  }

  /// The latest one within a range.
  CompletableFuture<Optional<Row>> latest(String persistenceId, Range range) {
    return loads.ask(new Load(persistenceId, range));
  }

  /// Adds one, in place of one that covers the same rows.
  CompletableFuture<Void> save(Row row) {
    return changes.ask(connection -> {
      try (var save = connection.prepareStatement(SAVE)) {
        save.setString(1, row.persistenceId);
        save.setLong(2, row.number);
        save.setLong(3, row.created);
        save.setInt(4, row.payload.serializer());
        save.setString(5, row.payload.type());
        save.setBytes(6, row.payload.bytes());
        save.executeUpdate();
      }
    });
  }

  CompletableFuture<Void> delete(String persistenceId, Range range) {
    return changes.ask(connection -> {
      try (var delete = connection.prepareStatement(DELETE)) {
        delete.setString(1, persistenceId);
        bind(delete, range);
        delete.executeUpdate();
      }
    });
  }

  private static void bind(PreparedStatement statement, Range range) throws SQLException {
    statement.setLong(2, range.from);
    statement.setLong(3, range.to);
    statement.setLong(4, range.createdFrom);
    statement.setLong(5, range.createdTo);
  }

  // --- on their threads

  private List<Optional<Row>> rows(List<Load> batch) throws SQLException {
    var rows = new ArrayList<>(Collections.nCopies(batch.size(), Optional.<Row>empty()));
    try (var connection = database.getConnection();
        var latest = connection.prepareStatement(LATEST)) {
      latest.setArray(1, Columns.of(connection, "text", batch, Load::persistenceId));
      latest.setArray(2, Columns.of(connection, "int8", batch, load -> load.range.from));
      latest.setArray(3, Columns.of(connection, "int8", batch, load -> load.range.to));
      latest.setArray(4, Columns.of(connection, "int8", batch, load -> load.range.createdFrom));
      latest.setArray(5, Columns.of(connection, "int8", batch, load -> load.range.createdTo));
      try (var found = latest.executeQuery()) {
        while (found.next()) {
          int i = found.getInt(1) - 1;
          var row =
              new Row(
                  batch.get(i).persistenceId,
                  found.getLong(2),
                  found.getLong(3),
                  new Payloads.Payload(found.getInt(4), found.getString(5), found.getBytes(6)));
          rows.set(i, Optional.of(row));
        }
      }
    }
    return rows;
  }

  private List<Void> change(List<Change> batch) throws SQLException {
    try (var connection = database.getConnection()) {
      for (var change : batch) change.on(connection);
    }
    return Collections.nCopies(batch.size(), null);
  }

  @Override
  public void close() {
    loads.close();
    changes.close();
  }
}
