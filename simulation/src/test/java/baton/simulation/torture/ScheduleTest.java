package baton.simulation.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.simulation.torture.Fault.Kind;
import baton.simulation.torture.Fault.Target;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The faults of a seed.
class ScheduleTest {
  private static final List<Kind> ALL = List.of(Kind.values());

  @Test
  void givenTheSameSeed_thenTheSameFaultsCome_andOthersOfAnother() {
    assertEquals(faults(1, 100), faults(1, 100));
    assertNotEquals(faults(1, 100), faults(2, 100));
  }

  @Test
  void eachKindComesOnceBeforeAnyComesAgain_andThoseThatTakeLongInOneRoundOfThree() {
    int usual = ALL.size() - 2;
    var faults = faults(3, 2 * ALL.size() + 2 * usual);
    var first = kinds(faults.subList(0, ALL.size()));
    var second = kinds(faults.subList(ALL.size(), ALL.size() + usual));
    var fourth = kinds(faults.subList(ALL.size() + 2 * usual, faults.size()));
    var slowOnes = EnumSet.of(Kind.NODE_FROZEN, Kind.ROLLING_RESTART);
    assertEquals(EnumSet.allOf(Kind.class), EnumSet.copyOf(first));
    assertEquals(EnumSet.complementOf(slowOnes), EnumSet.copyOf(second));
    assertEquals(EnumSet.allOf(Kind.class), EnumSet.copyOf(fourth));
    assertNotEquals(first, fourth);
  }

  @Test
  void whatIsHitByOneFaultOfAStormIsNotHitByAnother_andWhatIsAboutAllComesAlone() {
    for (var storm : storms(4, 200)) {
      var hit =
          storm.faults().stream().map(fault -> fault.kind().target + " " + fault.node()).toList();
      assertEquals(List.copyOf(new LinkedHashSet<>(hit)), hit);
      assertTrue(hit.size() == 1 || !hit.contains(Target.ALL + " 0"), hit::toString);
      assertEquals(0, storm.faults().getFirst().afterMillis());
    }
    assertTrue(storms(4, 200).stream().anyMatch(storm -> storm.overlapping() >= 4));
  }

  @Test
  void overlapping_areThoseThatComeWhileAnotherLasts() {
    var frozen = new Fault(Kind.NODE_FROZEN, 1, 0, 15_000);
    var killed = new Fault(Kind.NODE_KILLED, 2, 2_000, 500);
    var slow = new Fault(Kind.SLOW, 3, 15_001, 2_000);
    assertEquals(0, new Storm(List.of(frozen), 1_000).overlapping());
    assertEquals(2, new Storm(List.of(frozen, killed, slow), 1_000).overlapping());
  }

  private static List<Kind> kinds(List<Fault> faults) {
    return faults.stream().map(Fault::kind).toList();
  }

  private static List<Fault> faults(long seed, int count) {
    return storms(seed, count).stream()
        .flatMap(storm -> storm.faults().stream())
        .limit(count)
        .toList();
  }

  private static List<Storm> storms(long seed, int count) {
    var schedule = new Schedule(seed, 3, ALL);
    return Stream.generate(schedule::next).limit(count).toList();
  }
}
