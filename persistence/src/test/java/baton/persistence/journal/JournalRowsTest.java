package baton.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.db.Database;
import baton.persistence.db.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class JournalRowsTest {
  private static final int MANY = 300;

  private final Database database;
  private final JournalRows journal;
  private final String name;

  JournalRowsTest(Database database, TestInfo test) {
    this.database = database;
    this.journal = new JournalRows(database.source());
    this.name = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void whatWasWrittenIsReadAgain() {
    var rows = List.of(row(name, 1, "hello"), row(name, 2, "world"));

    journal.append(rows).join();

    assertEquals(2, journal.highest(name).join());
    assertEquals(texts(rows), texts(journal.page(name, 1, Long.MAX_VALUE).join()));
    assertEquals(List.of("2 world"), texts(journal.page(name, 2, 9).join()));
    assertEquals(0, journal.highest(name + "-other").join());
    assertEquals(List.of(), journal.page(name + "-other", 1, 9).join());
  }

  @Test
  void aLongJournalIsReadInPages() {
    journal
        .append(IntStream.rangeClosed(1, 450).mapToObj(n -> row(name, n, "row")).toList())
        .join();

    var first = journal.page(name, 1, Long.MAX_VALUE).join();

    assertEquals(400, first.size());
    assertEquals(50, journal.page(name, 401, Long.MAX_VALUE).join().size());
  }

  @Test
  void nothingIsWrittenBehindAGap() throws SQLException {
    journal.append(List.of(row(name, 1, "one"), row(name, 2, "two"))).join();
    try (var elsewhere = database.source().getConnection();
        var delete = elsewhere.createStatement()) {
      delete.execute(
          "delete from event_journal where persistence_id = '%s' and sequence_number = 2"
              .formatted(name));
    }

    var behind = journal.append(List.of(row(name, 3, "three")));
    var healthy = journal.append(List.of(row(name + "-other", 1, "one")));

    assertEquals("BN001", refused(behind));
    healthy.join();
    assertEquals(List.of("1 one"), texts(journal.page(name, 1, 9).join()));
  }

  @Test
  void rowsThatBelongTogetherAreWrittenTogetherOrNotAtAll() {
    journal.append(List.of(row(name, 1, "one"), row(name, 2, "somebody was here"))).join();
    journal.append(List.of(row(name, 3, "and here"))).join();

    var write = journal.append(List.of(row(name, 3, "three"), row(name, 4, "four")));

    assertEquals("23505", refused(write));
    assertEquals(
        List.of("1 one", "2 somebody was here", "3 and here"),
        texts(journal.page(name, 1, 9).join()));
  }

  /// The worst case: while all of them wait for one lock they come to be one batch.
  @Test
  void ofManyAtATimeTheOneThatIsTooLateFailsAlone() throws SQLException {
    journal.append(List.of(row(name + "-77", 1, "somebody was here"))).join();
    var writes = new ArrayList<CompletableFuture<Void>>();
    try (var elsewhere = database.source().getConnection();
        var lock = elsewhere.createStatement()) {
      elsewhere.setAutoCommit(false);
      lock.execute("lock table event_journal in exclusive mode");
      for (int i = 0; i < MANY; i++) {
        writes.add(journal.append(List.of(row(name + "-" + i, 1, "hello"))));
      }
      elsewhere.rollback();
      elsewhere.setAutoCommit(true);
    }

    for (int i = 0; i < MANY; i++) {
      if (i == 77) assertEquals("23505", refused(writes.get(i)));
      else writes.get(i).join();
      assertEquals(1, journal.highest(name + "-" + i).join());
    }
  }

  /// As when its actor has given up on a commit that takes too long, and its successor starts.
  @Test
  void theLastNumberIsTold_onceWhatIsUnderWayIsDone() throws SQLException {
    CompletableFuture<Void> write;
    CompletableFuture<Long> highest;
    try (var elsewhere = database.source().getConnection();
        var lock = elsewhere.createStatement()) {
      elsewhere.setAutoCommit(false);
      lock.execute("lock table event_journal in exclusive mode");
      write = journal.append(List.of(row(name, 1, "one")));
      highest = journal.highest(name);
      assertEquals(0, journal.highest(name + "-other").join());
      assertFalse(highest.isDone());
      elsewhere.rollback();
      elsewhere.setAutoCommit(true);
    }

    write.join();
    assertEquals(1, highest.join());
  }

  @Test
  void whatComesAfterTheEndIsRefused() {
    journal.close();

    var refused =
        assertThrows(
            CompletionException.class, () -> journal.append(List.of(row(name, 1, "late"))).join());

    assertTrue(refused.getMessage().contains("the journal is closed"));
  }

  private static String refused(CompletableFuture<Void> write) {
    var failure = assertThrows(CompletionException.class, write::join).getCause();
    return ((SQLException) failure).getSQLState();
  }

  private static JournalRows.Row row(String journal, long number, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return new JournalRows.Row(
        journal, number, "writer", 1_764_000_000_000L, "", new Payloads.Payload(1, "t", payload));
  }

  private static List<String> texts(List<JournalRows.Row> rows) {
    return rows.stream()
        .map(row -> row.number() + " " + new String(row.payload().bytes(), StandardCharsets.UTF_8))
        .toList();
  }
}
