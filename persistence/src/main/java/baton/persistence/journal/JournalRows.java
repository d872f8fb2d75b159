package baton.persistence.journal;

import baton.persistence.db.Columns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// The table of all journals. What many actors write, or read, at the same time is one statement.
///
/// Of two that write the same row the later one fails, and so does what comes after a row that is
/// not there; it alone: a batch in which this happens is written in halves.
final class JournalRows implements AutoCloseable {
  /// @param number from 1 without a gap
  /// @param writer names the incarnation of the actor
  /// @param timestamp in milliseconds since 1970
  record Row(
      String persistenceId,
      long number,
      String writer,
      long timestamp,
      String manifest,
      Payloads.Payload payload) {}

  /// Some of a journal's rows, bounds inclusive.
  private record Range(String persistenceId, long from, long to) {}

  /// Rows of a page at most.
  static final int PAGE = 400;

  private static final int WRITES_MAX = 400;
  private static final int READS_MAX = 50;
  private static final int WRITERS = 1;
  private static final int READERS = 1;

  /// Connections that are used at most.
  static final int CONNECTIONS = WRITERS + 2 * READERS;

  private static final String APPEND = "select append_to_journals(?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /// The row before is not there, by the function's own word.
  private static final String GAP = "BN001";

  private static final String PAGES =
      """
      select w.n, j.sequence_number, j.writer, j.write_timestamp, j.adapter_manifest,
        j.event_ser_id, j.event_ser_manifest, j.event_payload
      from unnest(?, ?, ?) with ordinality as w (id, first, last, n), lateral (
        select * from event_journal
        where persistence_id = w.id and sequence_number between w.first and w.last
        order by sequence_number limit %d) j
      order by w.n, j.sequence_number
      """
          .formatted(PAGE);

  private static final String NUMBERS =
      """
      select w.n, j.sequence_number
      from unnest(?) with ordinality as w (id, n), lateral (
        select sequence_number from event_journal
        where persistence_id = w.id order by sequence_number desc limit 1) j
      """;

  private final DataSource database;

  /// Of each entry the rows of one journal, which become durable together or not at all.
  private final Batches<List<Row>, Void> writes;

  private final Batches<Range, List<Row>> pages;
  private final Batches<String, Long> numbers;

  /// By the journal's name: its last write that is under way.
  private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

  JournalRows(DataSource database) {
    this.database = database;
    this.writes =
        new Batches<>("journal-write", WRITERS, WRITES_MAX, JournalRows::isOfOne, this::insert);
    this.pages = new Batches<>("journal-read", READERS, READS_MAX, _ -> false, this::rows);
    this.numbers = new Batches<>("journal-last", READERS, READS_MAX, _ -> false, this::numbers);
  }

  /// Completes once all of them are durable. Where it fails, none is, or nobody knows.
  ///
  /// @param rows of one journal
  CompletableFuture<Void> append(List<Row> rows) {
    var journal = rows.getFirst().persistenceId;
    var write = writes.ask(rows);
    underWay.put(journal, write);
    write.whenComplete((_, _) -> underWay.remove(journal, write));
    return write;
  }

  /// A journal's rows from one to another, the first [#PAGE] of them.
  CompletableFuture<List<Row>> page(String persistenceId, long from, long to) {
    return pages.ask(new Range(persistenceId, from, to));
  }

  /// Number of a journal's last row, 0 where it has none. A write that is under way is waited for:
  /// who gave it up would read a journal that is about to grow.
  CompletableFuture<Long> highest(String persistenceId) {
    var write = underWay.getOrDefault(persistenceId, CompletableFuture.completedFuture(null));
    return write.exceptionally(_ -> null).thenCompose(_ -> numbers.ask(persistenceId));
  }

  // --- on their threads

  /// A row that comes after another, by its number.
  private record Placed(Row row, long after) {}

  /// One statement, which is a transaction of its own. In the order of the journals' names, so that
  /// two nodes that write the same rows wait for each other and not in a circle.
  private List<Void> insert(List<List<Row>> batch) throws SQLException {
    var rows =
        batch.stream()
            .sorted(Comparator.comparing(write -> write.getFirst().persistenceId))
            .flatMap(write -> {
              long after = write.getFirst().number - 1;
              return write.stream().map(row -> new Placed(row, after));
            })
            .toList();
    try (var connection = database.getConnection();
        var append = connection.prepareStatement(APPEND)) {
      append.setArray(1, Columns.of(connection, "text", rows, r -> r.row.persistenceId));
      append.setArray(2, Columns.of(connection, "int8", rows, r -> r.row.number));
      append.setArray(3, Columns.of(connection, "int8", rows, Placed::after));
      append.setArray(4, Columns.of(connection, "text", rows, r -> r.row.writer));
      append.setArray(5, Columns.of(connection, "int8", rows, r -> r.row.timestamp));
      append.setArray(6, Columns.of(connection, "text", rows, r -> r.row.manifest));
      append.setArray(7, Columns.of(connection, "int4", rows, r -> r.row.payload.serializer()));
      append.setArray(8, Columns.of(connection, "text", rows, r -> r.row.payload.type()));
      append.setArray(9, Columns.of(connection, "bytea", rows, r -> r.row.payload.bytes()));
      append.execute();
    }
    return Collections.nCopies(batch.size(), null);
  }

  /// Somebody else's row stands where one of these was to be, or is about to; or the row before it
  /// is gone.
  private static boolean isOfOne(SQLException failure) {
    return switch (failure.getSQLState()) {
      case "23505", "40P01", GAP -> true;
      case null, default -> false;
    };
  }

  private List<List<Row>> rows(List<Range> batch) throws SQLException {
    var rows = Stream.generate(() -> new ArrayList<Row>()).limit(batch.size()).toList();
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(PAGES)) {
      statement.setArray(1, Columns.of(connection, "text", batch, Range::persistenceId));
      statement.setArray(2, Columns.of(connection, "int8", batch, Range::from));
      statement.setArray(3, Columns.of(connection, "int8", batch, Range::to));
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          int i = found.getInt(1) - 1;
          var row =
              new Row(
                  batch.get(i).persistenceId,
                  found.getLong(2),
                  found.getString(3),
                  found.getLong(4),
                  found.getString(5),
                  new Payloads.Payload(found.getInt(6), found.getString(7), found.getBytes(8)));
          rows.get(i).add(row);
        }
      }
    }
    return List.copyOf(rows);
  }

  private List<Long> numbers(List<String> persistenceIds) throws SQLException {
    var numbers = new ArrayList<>(Collections.nCopies(persistenceIds.size(), 0L));
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(NUMBERS)) {
      statement.setArray(1, Columns.of(connection, "text", persistenceIds, id -> id));
      try (var found = statement.executeQuery()) {
        while (found.next()) numbers.set(found.getInt(1) - 1, found.getLong(2));
      }
    }
    return numbers;
  }

  @Override
  public void close() {
    writes.close();
    pages.close();
    numbers.close();
  }
}
