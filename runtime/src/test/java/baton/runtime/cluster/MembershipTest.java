package baton.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.db.PgNodes.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a node may act: by what it sees of the others, and by its clock.
class MembershipTest {
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  @Test
  void moreThanHalfOfTheNodesHaveToBeInSight() {
    assertTrue(new Sight(1, 1).isMajority());
    assertFalse(new Sight(2, 1).isMajority());
    assertTrue(new Sight(3, 2).isMajority());
    assertFalse(new Sight(3, 1).isMajority());
    assertFalse(new Sight(4, 2).isMajority());
    assertFalse(new Sight(1, 0).isMajority());
  }

  @Test
  void aClockThatIsFarFromTheDatabasesIsToldInALine() {
    assertEquals(Optional.empty(), Membership.wrongClock(TWO_SECONDS, TWO_SECONDS));
    assertEquals(Optional.empty(), Membership.wrongClock(TWO_SECONDS.negated(), TWO_SECONDS));
    assertEquals(
        Optional.of(
            "this machine's clock is 7.3 s ahead of the database's: set both by the same time server"),
        Membership.wrongClock(Duration.ofMillis(7_300), TWO_SECONDS));
    assertEquals(
        Optional.of(
            "this machine's clock is 2.5 s behind the database's: set both by the same time server"),
        Membership.wrongClock(Duration.ofMillis(-2_500), TWO_SECONDS));
  }

  @Test
  void rowsAreOfTheNewestFormatThatAllRead_andStayAsTheyWereWhileAMemberIsNotOnTheDatabase() {
    var both = List.of(member("a:1", 2), member("b:2", 1));
    assertEquals(2, Membership.format(1, List.of(member("a:1", 2)), List.of()));
    assertEquals(1, Membership.format(1, both, List.of("b:2")));
    assertEquals(1, Membership.format(2, both, List.of()), "one that is about to join");
    assertEquals(1, Membership.format(1, List.of(member("a:1", 2)), List.of("b:2")));
    assertEquals(2, Membership.format(2, List.of(), List.of()), "its own session is lost");
  }

  private static Member member(String address, int format) {
    return new Member(address, "", "1", format, "secrets", Instant.EPOCH);
  }
}
