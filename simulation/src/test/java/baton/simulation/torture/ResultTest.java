package baton.simulation.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.simulation.torture.Fault.Kind;
import baton.simulation.torture.Judged.Weathered;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What two stretches of a run come to together.
class ResultTest {
  private static final Storm STORM =
      new Storm(
          List.of(
              new Fault(Kind.NODE_FROZEN, 2, 0, 16_000), new Fault(Kind.NODE_KILLED, 1, 900, 200)),
          1_000);
  private static final Storm KILL =
      new Storm(List.of(new Fault(Kind.NODE_KILLED, 3, 0, 400)), 1_000);

  private final Plan plan =
      new Plan(
          7,
          3,
          Duration.ofMinutes(25),
          1,
          Duration.ofSeconds(90),
          List.of(Kind.NODE_KILLED, Kind.NODE_FROZEN, Kind.SLOW),
          24,
          250);

  @Test
  void givenTwoStretches_thenTheirFiguresAddUp_andTheLongestOfEachKindIsTold() {
    var result =
        new Result(plan, List.of(first(), second(OptionalLong.of(4_000))), Duration.ofMinutes(26));
    assertEquals(3, result.faults());
    assertEquals(2, result.overlapping());
    assertEquals(90, result.sum(Judged::effects));
    assertEquals(new Result.Row(2, 5_000), result.byKind().get(Kind.NODE_KILLED));
    assertEquals(new Result.Row(1, 3_000), result.byKind().get(Kind.NODE_FROZEN));
    assertEquals(new Result.Row(0, 0), result.byKind().get(Kind.SLOW));
    assertEquals(OptionalLong.of(9_000), result.restMillis());
    assertEquals(List.of("seed 8: an effect is lost"), result.violations());
    assertTrue(Page.html(result).contains("3 faults, 1 violation"));
    assertTrue(Page.html(result).contains("7 to 8"));
  }

  @Test
  void givenAStretchThatNeverCameToRest_thenTheRunDidNot() {
    var stretches = List.of(first(), second(OptionalLong.empty()));
    assertEquals(OptionalLong.empty(), new Result(plan, stretches, Duration.ZERO).restMillis());
  }

  @Test
  void givenARunOf25Minutes_thenItsStretchesAreAboutAsLong_andNoneIsLongerThanTen() {
    assertEquals(Duration.ofSeconds(500), plan.stretch(Duration.ofMinutes(25)));
    assertEquals(Duration.ofMinutes(10), plan.stretch(Duration.ofMinutes(10)));
    assertEquals(Duration.ofSeconds(301), plan.stretch(Duration.ofSeconds(602)));
    assertEquals(Duration.ofSeconds(59), plan.stretch(Duration.ofSeconds(59)));
    assertEquals(Duration.ZERO, plan.stretch(Duration.ZERO));
  }

  private static Judged first() {
    return new Judged(
        7,
        Duration.ofMinutes(12),
        List.of(new Weathered(STORM, 3_000)),
        10,
        100,
        20,
        51,
        50,
        OptionalLong.of(9_000),
        List.of());
  }

  private static Judged second(OptionalLong restMillis) {
    return new Judged(
        8,
        Duration.ofMinutes(13),
        List.of(new Weathered(KILL, 5_000)),
        10,
        100,
        20,
        40,
        40,
        restMillis,
        List.of("an effect is lost"));
  }
}
