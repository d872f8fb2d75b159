package baton.simulation.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.simulation.torture.Fault.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short run of `./baton torture`: two nodes, and each of the shorter faults once.
@Tag("torture")
class TortureTest {
  private static final List<Kind> KINDS =
      List.of(
          Kind.NODE_KILLED,
          Kind.DATABASE_KILLED,
          Kind.FLAPPING,
          Kind.APART_FLAPPING,
          Kind.NODE_FROZEN_BRIEFLY);

  private static final Duration READY_MAX = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void givenTwoNodesAndACrowd_whenEachFaultHasCome_thenAllComesToRestAndNothingIsViolated()
      throws IOException, SQLException {
    var plan = new Plan(474, 2, Duration.ZERO, KINDS.size(), READY_MAX, KINDS, 6, 100);
    Judged judged;
    try (var stretch =
        new Stretch(plan, plan.seed(), folder, List.of(), Duration.ZERO, System.out::println)) {
      judged = stretch.run();
      assertEquals(List.of(), judged.violations());
      forget(stretch.database(), "claim where n = (select min(n) from claim)");
      assertFalse(stretch.judged().isEmpty(), "a claim that is not there any more goes unnoticed");
    }
    var result = new Result(plan, List.of(judged), Duration.ZERO);
    assertEquals(
        KINDS.size(), result.byKind().values().stream().filter(row -> row.count() == 1).count());
    assertTrue(judged.restMillis().isPresent());
    assertTrue(judged.acknowledged() > 0 && judged.effects() > 0, judged::toString);
    assertTrue(Page.html(result).contains(KINDS.size() + " faults, no violation"));
  }

  @Test
  void givenANodeThatDoesNotComeBack_thenTheRunEnds_isJudged_andSaysSo() throws IOException {
    var killed = List.of(Kind.NODE_KILLED);
    var plan = new Plan(1, 1, Duration.ZERO, 1, Duration.ofSeconds(1), killed, 2, 100);
    try (var stretch =
        new Stretch(plan, plan.seed(), folder, List.of(), Duration.ZERO, this::spoil)) {
      var judged = stretch.run();
      assertTrue(stretch.isBroken());
      assertEquals(1, judged.violations().size(), () -> judged.violations().toString());
      var line = judged.violations().getFirst();
      assertTrue(
          line.contains("was not ready 1 s after everything had healed; it wrote last: baton:"),
          line);
      assertEquals(List.of(), stretch.judged());
    }
  }

  /// Before the first fault comes: the node cannot start again.
  private void spoil(Stretch.News news) {
    if (!(news instanceof Stretch.News.Suffering)) return;
    try {
      Files.writeString(folder.resolve("node-1").resolve("baton.conf"), "nothing = 1");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void forget(Database database, String rows) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate("delete from " + rows));
    }
  }
}
