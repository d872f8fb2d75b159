package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.db.PgNodes.Found;
import baton.persistence.db.PgNodes.Member;
import baton.persistence.db.PgNodes.Place;
import baton.persistence.db.PgNodes.Way;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/// Engines that come to one database and go.
@ExtendWith(TestDatabase.class)
final class PgNodesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  private final LocalServer server;
  private final Database all;
  private final List<PgNodes> here = new ArrayList<>();
  private Database database;

  PgNodesTest(LocalServer server, Database all) {
    this.server = server;
    this.all = all;
  }

  @BeforeEach
  void open(TestInfo test) throws SQLException {
    var name = "nodes_" + Integer.toHexString(test.getDisplayName().hashCode());
    execute("create database " + name);
    var url = server.jdbcUrl().replaceFirst("/postgres$", "/" + name);
    database = Database.open(url, server.user(), server.password());
  }

  @AfterEach
  void close() {
    here.forEach(PgNodes::close);
    database.close();
  }

  @Test
  void theFirstFindsNobody_theSecondTheFirst_andWhoeverComesAfterBothNobody() {
    var found = new ArrayList<Found>();
    var one = enter("a:1", found);
    one.serves("http://a:80");
    var two = enter("b:2", found);
    assertEquals(
        List.of(new Found.Nobody(), new Found.Others(List.of(member("a:1", "http://a:80")))),
        found);
    assertEquals(List.of(member("a:1", "http://a:80"), member("b:2", "")), two.live());

    one.close();
    assertEquals(List.of(member("b:2", "")), two.live());
    two.close();
    enter("c:3", found);
    assertInstanceOf(Found.Nobody.class, found.getLast());
  }

  @Test
  void givenThatManyComeAtOnce_thenOneFindsNobody() throws InterruptedException {
    var found = Collections.synchronizedList(new ArrayList<Found>());
    var together = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      var address = "n:" + i;
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              together.await();
            } catch (InterruptedException leaving) {
              return;
            }
            var nodes = PgNodes.enter(database, member(address, ""), found::add);
            synchronized (here) {
              here.add(nodes);
            }
          }));
    }
    together.countDown();
    for (var thread : threads) thread.join();
    assertEquals(8, here.size());
    assertEquals(1, found.stream().filter(Found.Nobody.class::isInstance).count());
    assertEquals(8, here.getFirst().live().size());
  }

  @Test
  void givenThatOneIsTurnedAway_thenItWasNeverHere() {
    enter("a:1", new ArrayList<>());
    var told =
        assertThrows(
            Unusable.class,
            () ->
                PgNodes.enter(
                    database,
                    member("b:2", ""),
                    _ -> {
                      throw new Unusable("join it");
                    }));
    assertEquals("join it", told.getMessage());
    assertEquals(List.of(member("a:1", "")), here.getFirst().live());
  }

  @Test
  void givenThatItsSessionEnds_thenItComesBack_unlessOthersHaveFormedMeanwhile()
      throws SQLException {
    var one = enter("a:1", new ArrayList<>());
    endSessions();
    assertEquals(List.of(), one.live());
    assertEquals(new Place.Back(), one.keep());
    assertEquals(new Place.Kept(List.of(member("a:1", ""))), one.keep());

    endSessions();
    var found = new ArrayList<Found>();
    var two = enter("b:2", found);
    assertEquals(List.of(new Found.Nobody()), found);
    assertEquals(new Way.Form(), two.way());
    assertTrue(two.joins());
    assertEquals(new Place.Lost(), one.keep());
    assertEquals(List.of(member("b:2", "")), one.live());
    two.close();
    enter("c:3", found);
    assertInstanceOf(Found.Nobody.class, found.getLast(), "whoever is lost keeps nobody out");
  }

  @Test
  void givenThatAllAreOut_thenOneForms_andTheOthersAskIt() {
    var all = Stream.of("a:1", "b:2", "c:3").map(it -> enter(it, new ArrayList<>())).toList();
    var one = all.get(1);
    var two = all.get(0);
    assertEquals(new Way.Form(), one.way());
    assertEquals(new Way.Wait(), two.way());
    assertEquals(new Way.Form(), one.way());

    assertTrue(one.joins());
    var it = List.of(member("b:2", ""));
    assertEquals(List.of(new Way.Ask(it), new Way.Ask(it)), ways(two, all.get(2)));
    assertTrue(two.joins());
    one.close();
    assertEquals(new Way.Ask(List.of(member("a:1", ""))), all.get(2).way());
  }

  @Test
  void givenThatWhoLetItInIsGone_andAnotherHasFormed_thenItIsInNoCluster() {
    var first = enter("a:1", new ArrayList<>());
    first.way();
    first.joins();
    var late = enter("b:2", new ArrayList<>());
    assertInstanceOf(Way.Ask.class, late.way());
    first.close();
    var next = enter("c:3", new ArrayList<>());
    assertEquals(new Way.Form(), next.way());
    assertTrue(next.joins());
    assertFalse(late.joins());
    assertEquals(new Way.Ask(List.of(member("c:3", ""))), late.way());
  }

  @Test
  void givenThatTheDatabaseFailsOnItsWayBack_thenItIsNotTakenForOneThatIsListed()
      throws SQLException {
    var one = enter("a:1", new ArrayList<>());
    endSessions();
    there("alter table node rename column http to unknown");
    assertThrows(Outage.class, one::keep);
    there("alter table node rename column unknown to http");
    assertEquals(new Place.Back(), one.keep());
    assertEquals(List.of(member("a:1", "")), one.live());
  }

  @Test
  void givenThatItHasGivenUpItsPlace_thenItTakesNoOtherOne() {
    var one = enter("a:1", new ArrayList<>());
    one.close();
    assertEquals(new Place.Lost(), one.keep());
    assertEquals(List.of(), one.live());
  }

  private static List<Way> ways(PgNodes... nodes) {
    return Stream.of(nodes).map(PgNodes::way).toList();
  }

  @Test
  void oneAtATimeDecidesWhoGoesOn_asLongAsItsSessionLives() throws SQLException {
    var one = enter("a:1", new ArrayList<>());
    var two = enter("b:2", new ArrayList<>());
    assertTrue(one.arbitrate());
    assertTrue(one.arbitrate());
    assertFalse(two.arbitrate());
    one.release();
    assertTrue(two.arbitrate());
    assertFalse(one.arbitrate());
    two.close();
    assertTrue(one.arbitrate());
    endSessions();
    one.keep();
    assertFalse(one.arbitrates());
  }

  private PgNodes enter(String address, List<Found> found) {
    var nodes = PgNodes.enter(database, member(address, ""), found::add);
    here.add(nodes);
    return nodes;
  }

  private static Member member(String address, String http) {
    return new Member(address, http, "1", 1, "secrets", NOW);
  }

  /// As when a server stops, or a network does.
  private void endSessions() throws SQLException {
    execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            + " where application_name = 'baton-node'");
  }

  private void execute(String sql) throws SQLException {
    execute(all, sql);
  }

  /// On the engines' own database.
  private void there(String sql) throws SQLException {
    execute(database, sql);
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
