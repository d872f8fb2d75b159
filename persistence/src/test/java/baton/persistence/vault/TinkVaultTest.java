package baton.persistence.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.fact.Sealed;
import baton.handoff.port.Vault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TinkVaultTest implements VaultContract {
  private static final String TABLES =
      """
      create table subject (tenant text not null, lookup bytea not null, subject text not null,
        primary key (tenant, lookup));
      create table subject_key (tenant text not null, subject text not null, purpose text not null,
        wrapped bytea not null, destroyed_at timestamptz, primary key (tenant, subject, purpose));
      """;
  private static final DataSource DATABASE = Postgres.database(TABLES);
  private static final MasterKey MASTER = MasterKey.of(new byte[32]);

  @Override
  public Vault vault() {
    return new TinkVault(DATABASE, MASTER);
  }

  @Test
  void whatOneNodeSealedAnotherOpensAndComparesAlike() {
    var subject = vault().subject(TENANT, "two nodes");
    var sealed = vault().seal(TENANT, subject, "contact", "text");
    assertEquals(Optional.of("text"), vault().open(TENANT, sealed));
    assertEquals(sealed.digest(), vault().seal(TENANT, subject, "contact", "text").digest());
    assertEquals(subject, vault().subject(TENANT, "two nodes"));
  }

  @Test
  void equalTextsAreNotSealedToEqualBytes() {
    var vault = vault();
    assertNotEquals(
        vault.seal(TENANT, "salt", "contact", "text").ciphertext(),
        vault.seal(TENANT, "salt", "contact", "text").ciphertext());
  }

  @Test
  void nodesThatUseAKeyFirstAtTheSameTimeAgreeOnOne() throws Exception {
    int nodes = 6;
    for (int round = 0; round < 10; round++) {
      var subject = "first-use-" + round;
      var together = new CyclicBarrier(nodes);
      var sealed =
          all(
              nodes,
              () -> {
                var vault = vault();
                together.await();
                return vault.seal(TENANT, subject, "contact", "text");
              });
      assertEquals(1, sealed.stream().map(Sealed::digest).distinct().count());
      for (var each : sealed) assertEquals(Optional.of("text"), vault().open(TENANT, each));
    }
  }

  @Test
  void noKeyIsBornWhileItsSubjectIsErased() throws Exception {
    for (int round = 0; round < 30; round++) {
      var subject = "race-" + round;
      vault().seal(TENANT, subject, "contact", "text");
      var together = new CyclicBarrier(2);
      all(
          List.of(
              () -> {
                var vault = vault();
                together.await();
                try {
                  vault.seal(TENANT, subject, "crm", "late");
                } catch (Erased expected) {
                  // The erasure was first.
                }
                return null;
              },
              () -> {
                var vault = vault();
                together.await();
                return vault.erase(TENANT, subject);
              }));
      assertEquals(0, count("subject = '" + subject + "' and destroyed_at is null"));
    }
  }

  @Test
  void erasureLeavesNoKeyBytesInTheTable() throws SQLException {
    var vault = vault();
    vault.seal(TENANT, "gone", "contact", "text");
    assertEquals(2, count("subject = 'gone' and length(wrapped) > 0"));
    vault.erase(TENANT, "gone");
    assertEquals(0, count("subject = 'gone' and length(wrapped) > 0"));
    assertEquals(2, count("subject = 'gone' and destroyed_at is not null"));
  }

  @Test
  void anErasureTakesHoldOnAnotherNodeOnceItsKeyIsOld() {
    var clock = new AtomicLong();
    var here = vault();
    var there = new TinkVault(DATABASE, MASTER, clock::get);
    var sealed = there.seal(TENANT, "far", "contact", "text");
    here.erase(TENANT, "far");
    clock.addAndGet(TinkVault.KEPT_NANOS);
    assertEquals(Optional.empty(), there.open(TENANT, sealed));
    assertThrows(Erased.class, () -> there.seal(TENANT, "far", "contact", "text"));
  }

  @Test
  void aKeyCopiedToAnotherSubjectsRowOpensNothing() throws SQLException {
    var vault = vault();
    var sealed = vault.seal(TENANT, "rightful", "contact", "text");
    Postgres.run(
        DATABASE,
        "insert into subject_key select tenant, 'thief', purpose, wrapped from subject_key"
            + " where subject = 'rightful'");
    var stolen = new Sealed("thief", "contact", sealed.digest(), sealed.ciphertext());
    assertThrows(IllegalStateException.class, () -> vault.open(TENANT, stolen));
  }

  @Test
  void anotherMasterKeyIsRefusedBeforeAnythingIsDone() {
    vault();
    byte[] other = new byte[32];
    other[0] = 1;
    var refusal =
        assertThrows(
            IllegalStateException.class, () -> new TinkVault(DATABASE, MasterKey.of(other)));
    assertTrue(refusal.getMessage().contains("put the file `master-key`"), refusal.getMessage());
  }

  @Test
  void anOutageIsAnExceptionThatQuotesNothing() throws SQLException {
    var empty = Postgres.database("");
    var refusal =
        assertThrows(IllegalStateException.class, () -> new TinkVault(empty, MASTER));
    assertEquals("the vault's tables cannot be used (SQLSTATE 42P01)", refusal.getMessage());
  }

  private static long count(String where) throws SQLException {
    try (var connection = DATABASE.getConnection();
        var statement = connection.createStatement();
        var found = statement.executeQuery("select count(*) from subject_key where " + where)) {
      found.next();
      return found.getLong(1);
    }
  }

  private static <T> List<T> all(int times, Callable<T> task) throws Exception {
    var tasks = new ArrayList<Callable<T>>();
    for (int i = 0; i < times; i++) tasks.add(task);
    return all(tasks);
  }

  private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (Future<T> done : threads.invokeAll(tasks)) results.add(done.get());
      return results;
    }
  }
}
