package baton.simulation.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.simulation.torture.Fault.Kind;
import java.io.IOException;
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
      List.of(Kind.NODE_KILLED, Kind.DATABASE_KILLED, Kind.FLAPPING, Kind.NODE_FROZEN_BRIEFLY);

  @TempDir Path folder;

  @Test
  void givenTwoNodesAndACrowd_whenEachFaultHasCome_thenAllComesToRestAndNothingIsViolated()
      throws IOException, SQLException {
    var plan = new Plan(474, 2, Duration.ZERO, 1, KINDS.size(), KINDS, 6, 100);
    Judged judged;
    try (var stretch = new Stretch(plan, plan.seed(), folder, List.of(), System.out::println)) {
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
    assertTrue(Page.html(result).contains("4 faults, no violation"));
  }

  private static void forget(Database database, String rows) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate("delete from " + rows));
    }
  }
}
