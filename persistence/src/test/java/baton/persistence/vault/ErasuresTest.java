package baton.persistence.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.db.Database;
import baton.persistence.db.Mirror;
import baton.persistence.db.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Erasures in the database and in a node's list. Each test has a tenant of its own.
@ExtendWith(TestDatabase.class)
@Timeout(60)
class ErasuresTest {
  private static final MasterKey MASTER = MasterKey.of(new byte[32]);
  private static final Instant THEN = Instant.parse("2026-11-28T18:42:03.123456Z");

  @TempDir private Path folder;
  private final DataSource database;

  ErasuresTest(Database database) {
    this.database = database.source();
  }

  @Test
  void whoeverErasesHasItNotedBeforeItIsAnswered() {
    var noted = new ArrayList<Erasure>();
    var vault = new TinkVault(database, MASTER, noted::add);
    vault.seal("noting", "ada", "contact", "text");

    assertEquals(2, vault.erase("noting", "ada"));
    assertEquals(erasures("noting"), noted);
    assertEquals(List.of("ada"), subjects(noted));

    // Asked for again, as after an answer that was lost: it is the same erasure.
    assertEquals(0, vault.erase("noting", "ada"));
    assertEquals(List.of(noted.getFirst(), noted.getFirst()), noted);
  }

  @Test
  void givenAnErasureThatCannotBeNoted_thenWhoAskedIsNotToldThatAllIsWell() {
    var full = new IllegalStateException("cannot write");
    var vault =
        new TinkVault(
            database,
            MASTER,
            _ -> {
              throw full;
            });
    assertEquals(full, assertThrows(IllegalStateException.class, () -> vault.erase("full", "ada")));
  }

  @Test
  void givenErasuresByOtherNodes_thenTheListHasThem_alsoOneThatIsCommittedLate() throws Exception {
    var elsewhere = new TinkVault(database, MASTER);
    elsewhere.erase("elsewhere", "before");
    var list = ErasureFile.in(folder);
    try (var mirror = new Mirror(database, Duration.ofMillis(5));
        var late = database.getConnection();
        var statement = late.createStatement()) {
      Erasures.note(mirror, list);
      assertEquals(List.of("before"), subjects(list, "elsewhere"));

      late.setAutoCommit(false);
      statement.execute(
          "insert into subject_key values"
              + " ('elsewhere', 'late', 'digest', '', now(), pg_current_xact_id())");
      elsewhere.erase("elsewhere", "next");
      while (subjects(list, "elsewhere").size() < 2) Thread.onSpinWait();
      assertEquals(List.of("before", "next"), subjects(list, "elsewhere"));

      late.commit();
      while (subjects(list, "elsewhere").size() < 3) Thread.onSpinWait();
      assertEquals(List.of("before", "next", "late"), subjects(list, "elsewhere"));
      late.setAutoCommit(true);
    }
    assertEquals(List.of("before", "next", "late"), subjects(ErasureFile.in(folder), "elsewhere"));
  }

  @Test
  void givenAListThatDoesNotTakeThem_thenTheyComeOnceItDoes() throws Exception {
    var list = ErasureFile.in(folder);
    var file = folder.resolve("erasures");
    try (var mirror = new Mirror(database, Duration.ofMillis(5))) {
      Erasures.note(mirror, list);
      var before = Files.readString(file);
      Files.writeString(file, "garbage\n");
      new TinkVault(database, MASTER).erase("patient", "ada");
      assertEquals(List.of("ada"), subjects(erasures("patient")));
      assertEquals("garbage\n", Files.readString(file));
      Files.writeString(file, before);
      while (subjects(list, "patient").isEmpty()) Thread.onSpinWait();
    }
  }

  @Test
  void givenADatabaseThatWasPutBack_thenTheListDestroysTheKeysAgain() throws SQLException {
    var vault = new TinkVault(database, MASTER);
    var ada = vault.seal("back", "ada", "contact", "text");
    var bob = vault.seal("back", "bob", "contact", "text");
    vault.erase("back", "cy");
    // As it was before: nothing of an erasure of Ada is in the database.
    var list =
        List.of(
            new Erasure("back", "ada", THEN),
            new Erasure("back", "cy", THEN),
            new Erasure("back", "nobody-there", THEN));

    assertEquals(new Erasures.Applied(2, 2), Erasures.apply(database, list));

    var fresh = new TinkVault(database, MASTER);
    assertEquals(Optional.empty(), fresh.open("back", ada));
    assertEquals(Optional.of("text"), fresh.open("back", bob));
    assertThrows(Erased.class, () -> fresh.seal("back", "ada", "contact", "text"));
    assertThrows(Erased.class, () -> fresh.seal("back", "nobody-there", "contact", "text"));
    var there = erasures("back");
    assertEquals(List.of("ada", "nobody-there", "cy"), subjects(there), "the oldest first");
    assertEquals(THEN, there.getFirst().at(), "when it was, and not when it was applied");
    assertEquals(0, lengthOfKeys("back", "ada"));
    assertEquals(new Erasures.Applied(0, 0), Erasures.apply(database, list));
    assertEquals(there, erasures("back"));
  }

  @Test
  void givenThousands_thenAllAreApplied() {
    var list =
        IntStream.range(0, 1_234).mapToObj(i -> new Erasure("thousands", "s" + i, THEN)).toList();
    var vault = new TinkVault(database, MASTER);
    var buyers = list.stream().map(erasure -> new Personal(erasure.subject(), "text")).toList();
    vault.seal("thousands", "contact", buyers);

    assertEquals(new Erasures.Applied(1_234, 2_468), Erasures.apply(database, list));
    assertEquals(1_234, erasures("thousands").size());
    assertTrue(vault.seal("thousands", "crm", buyers).stream().allMatch(Optional::isEmpty));
  }

  private List<Erasure> erasures(String tenant) {
    return of(Erasures.in(database), tenant);
  }

  private static List<Erasure> of(List<Erasure> erasures, String tenant) {
    return erasures.stream().filter(erasure -> erasure.tenant().equals(tenant)).toList();
  }

  private static List<String> subjects(ErasureFile list, String tenant) {
    return subjects(of(list.erasures(), tenant));
  }

  private static List<String> subjects(List<Erasure> erasures) {
    return erasures.stream().map(Erasure::subject).toList();
  }

  private long lengthOfKeys(String tenant, String subject) throws SQLException {
    try (var connection = database.getConnection();
        var sum =
            connection.prepareStatement(
                "select sum(length(wrapped)) from subject_key where tenant = ? and subject = ?")) {
      sum.setString(1, tenant);
      sum.setString(2, subject);
      try (var row = sum.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
