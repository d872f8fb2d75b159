package baton.simulation.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import baton.simulation.torture.Fault.Kind;
import java.util.EnumSet;
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
  void eachKindComesOnceBeforeAnyComesAgain() {
    var faults = faults(3, 2 * ALL.size());
    var first = faults.subList(0, ALL.size()).stream().map(Fault::kind).toList();
    var second = faults.subList(ALL.size(), 2 * ALL.size()).stream().map(Fault::kind).toList();
    assertEquals(EnumSet.allOf(Kind.class), EnumSet.copyOf(first));
    assertEquals(EnumSet.allOf(Kind.class), EnumSet.copyOf(second));
    assertNotEquals(first, second);
  }

  private static List<Fault> faults(long seed, int count) {
    var schedule = new Schedule(seed, 3, ALL);
    return Stream.generate(schedule::next).limit(count).toList();
  }
}
