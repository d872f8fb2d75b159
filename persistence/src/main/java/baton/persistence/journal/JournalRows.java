package baton.persistence.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

  /// Rows of one journal that become durable together or not at all.
  private record Write(List<Row> rows, CompletableFuture<Void> done) {}

  /// A page of a journal, lowest number first.
  private record Page(
      String persistenceId, long from, long to, CompletableFuture<List<Row>> rows) {}

  private record Highest(String persistenceId, CompletableFuture<Long> number) {}

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
  private final Batches<Write> writes;
  private final Batches<Page> pages;
  private final Batches<Highest> numbers;

  JournalRows(DataSource database) {
    this.database = database;
    this.writes = new Batches<>("journal-write", WRITERS, WRITES_MAX, this::write);
    this.pages = new Batches<>("journal-read", READERS, READS_MAX, this::read);
    this.numbers = new Batches<>("journal-last", READERS, READS_MAX, this::last);
  }

  /// Completes once all of them are durable. Where it fails, none is, or nobody knows.
  ///
  /// @param rows of one journal
  CompletableFuture<Void> append(List<Row> rows) {
    var write = new Write(rows, new CompletableFuture<>());
    if (!writes.add(write)) write.done.completeExceptionally(tooMany());
    return write.done;
  }

  /// A journal's rows from one to another, the first [#PAGE] of them.
  CompletableFuture<List<Row>> page(String persistenceId, long from, long to) {
    var page = new Page(persistenceId, from, to, new CompletableFuture<>());
    if (!pages.add(page)) page.rows.completeExceptionally(tooMany());
    return page.rows;
  }

  /// Number of a journal's last row, 0 where it has none.
  CompletableFuture<Long> highest(String persistenceId) {
    var highest = new Highest(persistenceId, new CompletableFuture<>());
    if (!numbers.add(highest)) highest.number.completeExceptionally(tooMany());
    return highest.number;
  }

  private static IllegalStateException tooMany() {
    return new IllegalStateException("the journal is closed, or too much waits for it");
  }

  // --- on their threads

  /// In the order of the journals' names, so that two nodes that write the same rows wait for each
  /// other and not in a circle.
  private void write(List<Write> batch) {
    var ordered = new ArrayList<>(batch);
    ordered.sort(Comparator.comparing(write -> write.rows.getFirst().persistenceId));
    writeAll(ordered);
  }

  private void writeAll(List<Write> batch) {
    try {
      insert(batch);
      batch.forEach(write -> write.done.complete(null));
    } catch (SQLException failure) {
      int half = batch.size() / 2;
      if (half > 0 && isOfOne(failure)) {
        writeAll(batch.subList(0, half));
        writeAll(batch.subList(half, batch.size()));
      } else {
        failed(batch.stream().map(Write::done), failure);
      }
    } catch (RuntimeException fault) {
      failed(batch.stream().map(Write::done), fault);
    }
  }

  /// A row that comes after another, by its number.
  private record Placed(Row row, long after) {}

  /// One statement, which is a transaction of its own.
  private void insert(List<Write> batch) throws SQLException {
    var rows =
        batch.stream()
            .flatMap(write -> {
              long after = write.rows.getFirst().number - 1;
              return write.rows.stream().map(row -> new Placed(row, after));
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
      append.setArray(9, Columns.bytes(connection, rows, r -> r.row.payload.bytes()));
      append.execute();
    }
  }

  /// Somebody else's row stands where one of these was to be, or is about to; or the row before it
  /// is gone.
  private static boolean isOfOne(SQLException failure) {
    return switch (failure.getSQLState()) {
      case "23505", "40P01", GAP -> true;
      case null, default -> false;
    };
  }

  private void read(List<Page> batch) {
    try {
      var rows = rows(batch);
      for (int i = 0; i < batch.size(); i++) batch.get(i).rows.complete(rows.get(i));
    } catch (SQLException | RuntimeException failure) {
      failed(batch.stream().map(Page::rows), failure);
    }
  }

  private List<List<Row>> rows(List<Page> batch) throws SQLException {
    var rows = Stream.generate(() -> new ArrayList<Row>()).limit(batch.size()).toList();
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(PAGES)) {
      statement.setArray(1, Columns.of(connection, "text", batch, Page::persistenceId));
      statement.setArray(2, Columns.of(connection, "int8", batch, Page::from));
      statement.setArray(3, Columns.of(connection, "int8", batch, Page::to));
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

  private void last(List<Highest> batch) {
    try {
      var numbers = numbers(batch);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).number.complete(numbers.getOrDefault(i, 0L));
      }
    } catch (SQLException | RuntimeException failure) {
      failed(batch.stream().map(Highest::number), failure);
    }
  }

  private Map<Integer, Long> numbers(List<Highest> batch) throws SQLException {
    var numbers = new HashMap<Integer, Long>();
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(NUMBERS)) {
      statement.setArray(1, Columns.of(connection, "text", batch, Highest::persistenceId));
      try (var found = statement.executeQuery()) {
        while (found.next()) numbers.put(found.getInt(1) - 1, found.getLong(2));
      }
    }
    return numbers;
  }

  private static void failed(Stream<CompletableFuture<?>> waiting, Exception failure) {
    waiting.forEach(one -> one.completeExceptionally(failure));
  }

  @Override
  public void close() {
    writes.close();
    pages.close();
    numbers.close();
  }
}
