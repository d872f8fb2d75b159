package baton.simulation.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.simulation.check.Checker;
import baton.simulation.check.Checkers;
import baton.simulation.check.Violation;
import baton.simulation.explore.ExplorerTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Proof that the proofs can fail: an engine without one of its fences is caught, and
/// `docs/teeth.md` says by whom. `-Drewrite` writes the page anew.
class TeethTest {
  private static final Path PAGE = Path.of("../docs/teeth.md");
  private static final long SEEDS = 200;
  private static final long STEPS = 500;

  private static final String HEAD =
      """
      # Who would notice?

      A check that cannot fail proves nothing. So each fence of the engine is taken away on purpose, one at a time, behind a seam
      that only tests can reach, and somebody has to notice. This page is written by the tests that try it.

      ## In trials

      Two processes, a crowd of buyers and operators, and everything that may go wrong, from a seed
      (`./baton simulate --world`). Of the checkers that look on, the one that decides everything again is left out here: it would
      notice most of these by itself.

      | fence | the engine without it | noticed with seed | by | because |
      |---|---|---|---|---|
      """;

  private static final String EXPLORER =
      """

      ## In the explorer

      Every order of events, breadth first, so the first way found is a shortest one.

      | the engine without a fence | property that breaks | after so many steps |
      |---|---|---|
      """;

  private static final String ELSEWHERE =
      """

      ## Elsewhere

      - `BrokenTest` breaks the kernel itself in fifteen ways (mandates, guards, epochs, opt-outs, inheritance, clocks, caps …); each is
        caught by the invariant that is about its fault.
      - `AuditTest` forges journals: an event altered, a row dropped, two swapped, a chain signed anew, a decision changed together
        with its hash, an outcome without a claim. `./baton verify` names the first event that differs.
      - `PgRaceTest` runs the claims on PostgreSQL without their locks, and loses each race that they win with them.
      - `HistoryTest` damages the recording of a real engine, and each checker of what is seen from outside notices.
      """;

  @Test
  void everyMutantIsCaught() throws IOException {
    var page = new StringBuilder(HEAD);
    for (int i = 0; i < Mutants.all().size(); i++) page.append(caught(i));
    page.append(EXPLORER);
    ExplorerTest.broken()
        .forEach(arguments -> {
          var given = arguments.get();
          page.append("| %s | %s | %s |%n".formatted(words(given[0]), given[2], given[3]));
        });
    page.append(ELSEWHERE);
    if (System.getProperty("rewrite") != null) Files.writeString(PAGE, page.toString());
    assertEquals(Files.readString(PAGE), page.toString());
  }

  /// A line of the page.
  private static String caught(int number) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      // Anew for each seed: an engine without a fence may remember something.
      var mutant = Mutants.all().get(number);
      try {
        new Trial(seed, Trials.policies(), witnesses(), mutant.fences()).run(STEPS);
      } catch (Violation violation) {
        return "| %s | %s | %d | `%s` | %s |%n"
            .formatted(
                mutant.fence(), mutant.without(), seed, checker(violation), because(violation));
      }
    }
    throw new AssertionError(Mutants.all().get(number).without() + ": nobody has noticed");
  }

  private static Checker witnesses() {
    List<Checker> witnesses = new ArrayList<>(Checkers.all());
    witnesses.removeIf(checker -> checker.getClass().getSimpleName().equals("Replays"));
    return new Checkers(witnesses);
  }

  private static String checker(Violation violation) {
    return Arrays.stream(violation.getStackTrace())
        .map(frame -> frame.getClassName().replaceAll(".*\\.", ""))
        .filter(name -> !name.equals("Violation"))
        .findFirst()
        .orElseThrow();
  }

  /// Hashes are as good as their beginning.
  private static String because(Violation violation) {
    return violation.getMessage().replaceAll("([0-9a-f]{12})[0-9a-f]{20,}", "$1…");
  }

  private static String words(Object shell) {
    return shell.toString().replaceAll("(?<=.)([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
