package baton.persistence.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.fact.Sealed;
import baton.handoff.port.Vault;
import baton.persistence.db.Database;
import baton.persistence.db.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(TestDatabase.class)
class TinkVaultTest implements VaultContract {
  private static final MasterKey MASTER = MasterKey.of(new byte[32]);

  private final DataSource database;

  TinkVaultTest(Database database) {
    this.database = database.source();
  }

  @Override
  public Vault vault() {
    return new TinkVault(database, MASTER);
  }

  @Test
  void whatOneNodeSealedAnotherOpensAndComparesAlike() {
    var subject = vault().subject(TENANT, "two nodes");
    var sealed = vault().seal(TENANT, subject, "contact", "text");
    assertEquals(Optional.of("text"), vault().open(TENANT, sealed));
    assertEquals(sealed.digest(), vault().seal(TENANT, subject, "contact", "text").digest());
    assertEquals(subject, vault().subject(TENANT, "two nodes"));
  }

  /// What the first node knows of it is that there was no key.
  @Test
  void givenASubjectThatCameHereFirst_whenAnotherNodeMadeItsKeys_thenTheyCount() {
    var here = vault();
    var subject = here.subject(TENANT, "came here first");
    var there = vault().seal(TENANT, subject, "contact", "text");
    assertEquals(there.digest(), here.seal(TENANT, subject, "contact", "text").digest());
    assertEquals(Optional.of("text"), here.open(TENANT, there));
  }

  @Test
  void givenASubjectThatCameHereFirst_whenAnotherNodeErasedIt_thenNothingIsSealed() {
    var here = vault();
    var subject = here.subject(TENANT, "came here first, and went");
    vault().erase(TENANT, subject);
    assertThrows(Erased.class, () -> here.seal(TENANT, subject, "contact", "text"));
  }

  @Test
  void manySealedAtOnceAreAsIfEachHadBeenSealedByItself() {
    var vault = new TinkVault(database, MASTER);
    var known = vault.subject(TENANT, "many-known");
    var before = vault.seal(TENANT, known, "identity", "Ada");
    var gone = vault.subject(TENANT, "many-gone");
    vault.erase(TENANT, gone);
    var buyers = List.of("many-new", "many-known", "many-gone", "many-new");
    var subjects = vault.subjects(TENANT, buyers);
    for (int i = 0; i < buyers.size(); i++) {
      assertEquals(vault.subject(TENANT, buyers.get(i)), subjects.get(i));
    }
    var sealed =
        vault.seal(
            TENANT,
            "identity",
            List.of(
                new Personal(subjects.get(0), "Bo"),
                new Personal(known, "Ada"),
                new Personal(gone, "Cy"),
                new Personal(subjects.get(3), "Bo")));
    assertEquals(Optional.empty(), sealed.get(2), "nothing is kept of who was erased");
    assertEquals(before.digest(), sealed.get(1).orElseThrow().digest());
    assertEquals(sealed.get(0).orElseThrow().digest(), sealed.get(3).orElseThrow().digest());
    for (int i : new int[] {0, 1, 3}) {
      var text = i == 1 ? "Ada" : "Bo";
      assertEquals(Optional.of(text), vault().open(TENANT, sealed.get(i).orElseThrow()));
      assertEquals(
          vault().seal(TENANT, subjects.get(i), "identity", text).digest(),
          sealed.get(i).orElseThrow().digest());
    }
    assertEquals(2, vault.erase(TENANT, subjects.getFirst()));
    assertEquals(Optional.empty(), vault.open(TENANT, sealed.getFirst().orElseThrow()));
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
  void nodesThatMeetABuyerAtTheSameTimeAgreeOnItsKeys() throws Exception {
    int nodes = 6;
    for (int round = 0; round < 10; round++) {
      var buyer = "met-" + round;
      var together = new CyclicBarrier(nodes);
      var sealed =
          all(
              nodes,
              () -> {
                var vault = vault();
                together.await();
                return vault.seal(TENANT, vault.subject(TENANT, buyer), "transcript", "text");
              });
      assertEquals(1, sealed.stream().map(Sealed::digest).distinct().count());
      for (var each : sealed) assertEquals(Optional.of("text"), vault().open(TENANT, each));
    }
  }

  /// As after an erasure list was applied to a backup from before they met.
  @Test
  void givenASubjectThatWasErasedBeforeItIsMet_thenNothingIsSealed() throws SQLException {
    var subject = vault().subject(TENANT, "restored");
    vault().erase(TENANT, subject);
    execute("delete from subject where subject = '" + subject + "'");
    execute("delete from subject_key where subject = '" + subject + "' and purpose <> 'digest'");
    var here = vault();
    assertEquals(subject, here.subject(TENANT, "restored"));
    assertThrows(Erased.class, () -> here.seal(TENANT, subject, "transcript", "text"));
  }

  @Test
  void noKeyIsBornWhileItsSubjectIsErased() throws Exception {
    var there = vault();
    there.seal(TENANT, "race", "contact", "text");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var late = new AtomicReference<Future<Sealed>>();
      var here =
          new TinkVault(
              beforeCommit(() -> {
                late.set(threads.submit(() -> there.seal(TENANT, "race", "crm", "late")));
                while (!late.get().isDone() && waiting() == 0) Thread.onSpinWait();
              }),
              MASTER);
      assertEquals(2, here.erase(TENANT, "race"));
      var refusal = assertThrows(ExecutionException.class, () -> late.get().get());
      assertInstanceOf(Erased.class, refusal.getCause());
    }
    assertEquals(0, count("subject = 'race' and destroyed_at is null"));
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
    var there = new TinkVault(database, MASTER, _ -> {}, clock::get);
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
    execute(
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
            IllegalStateException.class, () -> new TinkVault(database, MasterKey.of(other)));
    assertTrue(refusal.getMessage().contains("put the file `master-key`"), refusal.getMessage());
  }

  @Test
  void anOutageIsAnExceptionThatQuotesNothing() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setPortNumbers(new int[] {1});
    var refusal = assertThrows(IllegalStateException.class, () -> new TinkVault(nowhere, MASTER));
    assertEquals("the vault's tables cannot be used (SQLSTATE 08001)", refusal.getMessage());
    assertInstanceOf(SQLException.class, refusal.getCause());
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long count(String where) throws SQLException {
    return number("select count(*) from subject_key where " + where);
  }

  private long number(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  /// How many transactions wait for one of the vault's locks.
  private long waiting() throws SQLException {
    return number("select count(*) from pg_locks where locktype = 'advisory' and not granted");
  }

  private interface Act {
    void now() throws Exception;
  }

  /// The same database, but each commit has to wait until something else was done.
  private DataSource beforeCommit(Act act) {
    return proxy(
        DataSource.class,
        database,
        (method, connected) ->
            method.equals("getConnection")
                ? proxy(
                    Connection.class,
                    (Connection) connected.call(),
                    (called, go) -> {
                      if (called.equals("commit")) act.now();
                      return go.call();
                    })
                : connected.call());
  }

  private interface Around {
    Object call(String method, Callable<Object> go) throws Exception;
  }

  private static <T> T proxy(Class<T> type, T target, Around around) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) ->
                around.call(method.getName(), () -> method.invoke(target, arguments))));
  }

  private static <T> List<T> all(int times, Callable<T> task) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var done : threads.invokeAll(Collections.nCopies(times, task))) results.add(done.get());
      return results;
    }
  }
}
