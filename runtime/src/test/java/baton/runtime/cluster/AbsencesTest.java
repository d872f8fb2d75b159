package baton.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.persistence.db.PgNodes.Member;
import baton.persistence.db.PgNodes.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is gone, by the sessions on the database.
class AbsencesTest {
  private static final List<String> OTHERS = List.of("b:1", "c:1");

  private final Absences absences = new Absences();

  @Test
  void whoeverHasNoSessionForTwoSeconds_isGone() {
    assertEquals(List.of(), at(0, kept("b:1", "c:1")));
    assertEquals(List.of(), at(500, kept("c:1")));
    assertEquals(List.of(), at(2_400, kept("c:1")));
    assertEquals(List.of("b:1"), at(2_500, kept("c:1")));
  }

  @Test
  void whoeverIsBackBefore_isNot() {
    at(0, kept("c:1"));
    at(1_500, kept("b:1", "c:1"));
    assertEquals(List.of(), at(3_000, kept("c:1")));
    assertEquals(List.of("b:1"), at(5_000, kept("c:1")));
  }

  @Test
  void givenThatOurOwnSessionWasAway_thenTheOthersHaveTimeToComeBack() {
    at(0, kept("c:1"));
    assertEquals(List.of(), at(2_500, new Place.Back()));
    assertEquals(List.of(), at(3_000, kept("c:1")));
    assertEquals(List.of(), at(17_000, kept("c:1")));
    assertEquals(List.of("b:1"), at(17_500, kept("c:1")));
  }

  private List<String> at(long millis, Place place) {
    return absences.look(place, OTHERS, Duration.ofMillis(millis).toNanos());
  }

  private static Place kept(String... live) {
    return new Place.Kept(
        List.of(live).stream()
            .map(address -> new Member(address, "", "1", 1, "ours", Instant.EPOCH))
            .toList());
  }
}
