package baton.simulation.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

public class ExplorerTest {
  private static final Station CONSENT = Station.ALL.get(1);
  private static final Bounds TAKEN_OVER = new Bounds(14, 2_000_000, 0, 1, 0, 0, 1, 0, 0);

  @Test
  void oneOfEverythingBreaksNothingSevenStepsFromAnywhere() {
    var report = Explorer.explore(Bounds.depth(7), _ -> {});

    System.out.printf(
        "explorer: %,d states, %,d transitions, depth 7%n", report.states(), report.transitions());
    assertEquals(Optional.empty(), report.counterexample());
    assertEquals(1_560_630, report.states());
    assertEquals(3_347_086, report.transitions());
  }

  @Test
  void aPauseAndACrashBreakNothingElevenStepsFromAnywhere() {
    var bounds = new Bounds(11, 2_000_000, 0, 0, 1, 0, 1, 0, 0);

    var report = Explorer.explore(bounds, _ -> {});

    assertEquals(Optional.empty(), report.counterexample());
    assertEquals(1_427_259, report.states());
  }

  public static Stream<Arguments> broken() {
    return Stream.of(
        broken(new Broken.ReadsControlEarly(), "stop means stop", 4),
        broken(new Broken.ReadsPolicyEarly(), "fenced dispatch", 4),
        broken(new Broken.ReadsAuthorityEarly(), "fenced dispatch", 5),
        broken(new Broken.TellsBeforeTheRow(), "fenced dispatch", 3),
        broken(new Broken.SkipsTheRow(), "fenced dispatch", 5),
        broken(new Broken.BelievesWhoAnswers(), "one holder", 3),
        broken(new Broken.GrantsBeforeRevoking(), "one holder", 1),
        broken(new Broken.MakesAKeyForEachPermit(), "one key", 1),
        broken(new Broken.PerformsAgainAtOnce(), "no effect without a claim", 4),
        broken(new Broken.ForgetsWhatIsOwed(), "deadlock", 4),
        broken(new Broken.LooksUpWithoutAFence(), "no effect without a claim", 8),
        broken(new Broken.SendsAnotherAction(), "the exact action", 2));
  }

  private static Arguments broken(Shell shell, String property, int steps) {
    return Arguments.of(shell.getClass().getSimpleName(), shell, property, steps);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void aBrokenShellIsCaught(String name, Shell shell, String property, int steps) {
    var report = new Explorer(Bounds.depth(9), shell, _ -> {}).explore(List.of(CONSENT));

    var found = report.counterexample().orElseThrow();
    assertTrue(found.property().startsWith(property + ": "), found.property());
    assertEquals(steps, found.steps());
  }

  /// Found by the explorer when a look-up for a claim left nothing behind: the journal never heard
  /// what came of the claim that overtook it.
  @Test
  void aClaimThatOvertakesAConclusionIsLost() {
    var shell = new Broken.ConcludesNothing();

    var report = new Explorer(TAKEN_OVER, shell, _ -> {}).explore(List.of(CONSENT));

    var found = report.counterexample().orElseThrow();
    assertEquals("liveness: claim 2 never gets an outcome", found.property());
    assertEquals(
        """
        B  starts and folds the journal
        B  writes the authority row 4
        B  finds no claim of ask-consent (permit 15)
        A  claims ask-consent (permit 15): claim 2 is durable
        A  crashes
        B  an operator takes over (Revoked, Granted)
        B  writes the authority row 17
        B  finds claim 2 of ask-consent (permit 15)
        B  hears of a permit not claimed: INTERRUPTED (Lapsed)
        B  hears of claim 2: done: nothing changes
        """,
        steps(found.lines(), 10));
  }

  @Test
  void aTakeOverAndACrashBreakNothingFourteenStepsFromConsent() {
    var report = new Explorer(TAKEN_OVER, new Shell(), _ -> {}).explore(List.of(CONSENT));

    assertEquals(Optional.empty(), report.counterexample());
    assertEquals(238_204, report.states());
  }

  /// The last steps, without their numbers and what became durable.
  private static String steps(List<String> lines, int last) {
    var steps = lines.stream().filter(line -> !line.startsWith("     ")).toList();
    var text = new StringBuilder();
    for (var step : steps.subList(steps.size() - last, steps.size())) {
      text.append(step.substring(5)).append('\n');
    }
    return text.toString();
  }

  @Test
  void aReportIsReadable() {
    var stations = List.of(Station.ALL.get(0), CONSENT);

    var report = new Explorer(Bounds.depth(2), new Shell(), _ -> {}).explore(stations);

    assertEquals(
        """
        136 states and 168 transitions in 1.5 s (90 states/s); 75 questions to the kernel about 58 states of the conversation.

        from                           states  transitions  depth      untried
        nothing has happened               14           15      2           10
        consent was given                 122          153      2          108

        depth: new states, in the order of the table above
            0:           1           1
            1:           3          13
            2:          10         108

        No property is broken in any of them.
        """,
        ExplorationText.of(report, Duration.ofMillis(1_500)));
  }

  @Test
  void aCounterexampleIsReadable() {
    var bounds = new Bounds(3, 1_000, 0, 1, 0, 0, 0, 0, 0);
    var shell = new Broken.GrantsBeforeRevoking();

    var report = new Explorer(bounds, shell, _ -> {}).explore(List.of(CONSENT));

    assertEquals(
        """
        5 states and 5 transitions in 1.5 s (3 states/s); 22 questions to the kernel about 20 states of the conversation.

        from                           states  transitions  depth      untried
        consent was given                   5            5      1            4

        depth: new states, in the order of the table above
            0:           1
            1:           4

        Broken: one holder: human is granted what Held[role=booking, epoch=1] has
        Steps from "consent was given": 1. There is no shorter way.

          1  A  the buyer opens a conversation (Opened, PolicyMoved, ContactBegan, Granted, Asked)
                journal 1 to 5; booking holds, epoch 1
          2  A  writes the authority row 4
                row 4
          3  A  booking answers ask-consent (Answered, Proposed, Decided permit)
                journal 6 to 8; booking holds, epoch 1
          4  A  claims ask-consent (permit 8): claim 1 is durable
          5  A  hears of claim 1: done (Settled, BuyersTurn)
                journal 9 to 10; booking holds, epoch 1
          6  A  the buyer says yes (Heard, Asked)
                journal 11 to 12; booking holds, epoch 1
          -- from here on everything is tried
          7  A  an operator takes over (Granted, Revoked)
                journal 13 to 14; passing from booking to human, epoch 2
           !  one holder: human is granted what Held[role=booking, epoch=1] has
        """,
        ExplorationText.of(report, Duration.ofMillis(1_500)));
  }

  @Test
  void whatIsFullStopsAndSaysWhatIsLeft() {
    var bounds = new Bounds(9, 1_000, 1, 1, 1, 1, 1, 1, 1);

    var explored = Explorer.explore(bounds, _ -> {}).stations().getFirst();

    assertEquals(List.of(1, 3, 10, 34, 167, 786), explored.levels());
    assertEquals(818, explored.frontier());
  }

  @Test
  void boundsAreBounded() {
    assertThrows(IllegalArgumentException.class, () -> Bounds.depth(0));
    assertThrows(IllegalArgumentException.class, () -> Bounds.depth(1_001));
  }
}
