package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Circumstances.Standing;
import baton.handoff.Role;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What one node knows of what another has changed.
@ExtendWith(TestDatabase.class)
final class PgMirrorTest {
  private static final Scope CAMPAIGN = new Scope(Scope.Level.CAMPAIGN, "c");

  private final Database database;
  private final Ports here;
  private final Setting s;

  PgMirrorTest(Database database, Ports ports) {
    this.database = database;
    this.here = ports;
    this.s = Setting.in(ports).at("a", 1);
  }

  @Test
  void givenAPauseOnAnotherNodeThenThisOneLearnsOfItByItself() throws Exception {
    try (var mirror = new Mirror(database.source(), Duration.ofMillis(20))) {
      var there = Ports.inPostgres(database, mirror);
      var told = new CountDownLatch(1);
      there.onChange().accept(told::countDown);
      here.controls().set(s.tenant(), CAMPAIGN, Mode.PAUSED, "r", "olga");
      assertTrue(told.await(10, TimeUnit.SECONDS));
      assertFalse(there.controls().effective(s.id("a"), "c", Role.BOOKING).running());
    }
  }

  @Test
  void givenATransactionThatCommitsLateThenItsRowIsNotMissed() throws Exception {
    try (var connection = database.source().getConnection()) {
      connection.setAutoCommit(false);
      try (var statement =
          connection.prepareStatement(
              "insert into standing (tenant, subject, opted_out) values (?, 'late', true)")) {
        statement.setString(1, s.tenant());
        statement.executeUpdate();
      }
      // Later numbers are committed and seen while the earlier one is under way.
      s.advance("a", 2, true);
      here.refresh().run();
      assertTrue(here.standings().of(s.tenant(), "buyer-a").optedOut());
      assertEquals(Standing.CLEAR, here.standings().of(s.tenant(), "late"));
      connection.commit();
      connection.setAutoCommit(true);
    }
    here.refresh().run();
    assertEquals(new Standing(true, 0), here.standings().of(s.tenant(), "late"));
  }

  @Test
  void givenANewNodeThenItStartsWithAllThatIsThere() {
    here.controls().set(s.tenant(), CAMPAIGN, Mode.PAUSED, "r", "olga");
    s.advance("a", 2, true);
    try (var mirror = new Mirror(database.source(), Duration.ofHours(1))) {
      var there = Ports.inPostgres(database, mirror);
      assertFalse(there.controls().effective(s.id("a"), "c", Role.BOOKING).running());
      assertTrue(there.standings().of(s.tenant(), "buyer-a").optedOut());
      assertEquals("p1", there.policies().active(s.tenant(), "c").orElseThrow().policy().hash());
      assertEquals(here.policies().active(s.tenant()), there.policies().active(s.tenant()));
    }
  }

  @Test
  void givenADocumentThatCannotBeReadThenItsCampaignAloneStandsStill() throws Exception {
    s.activate("d", "p9");
    try (var connection = database.source().getConnection();
        var statement =
            connection.prepareStatement(
                "update policy set json = 'garbled' where tenant = ? and hash = 'p9'")) {
      statement.setString(1, s.tenant());
      assertEquals(1, statement.executeUpdate());
    }
    try (var mirror = new Mirror(database.source(), Duration.ofHours(1))) {
      var there = Ports.inPostgres(database, mirror);
      assertEquals(Optional.empty(), there.policies().active(s.tenant(), "d"));
      assertTrue(there.policies().active(s.tenant(), "c").isPresent());
      assertEquals(
          List.of("c", "d"),
          there.policies().active(s.tenant()).stream().map(a -> a.campaign()).toList());
    }
  }
}
