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
    var plan = new Plan(474, 2, Duration.ZERO, KINDS.size(), KINDS, 6, 100);
    Result result;
    try (var torture = new Torture(plan, folder, System.out::println)) {
      result = torture.run();
      assertEquals(List.of(), result.violations());
      forget(torture.database(), "claim where n = (select min(n) from claim)");
      assertFalse(torture.judged().isEmpty(), "a claim that is not there any more goes unnoticed");
    }
    assertEquals(
        KINDS.size(), result.byKind().values().stream().filter(row -> row.count() == 1).count());
    assertTrue(result.restMillis().isPresent());
    assertTrue(result.acknowledged() > 0 && result.effects() > 0, result::toString);
    assertTrue(Page.html(result).contains("4 faults, no violation"));
  }

  private static void forget(Database database, String rows) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate("delete from " + rows));
    }
  }
}
