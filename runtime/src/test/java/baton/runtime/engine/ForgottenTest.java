package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A database that has forgotten what it confirmed, as a standby does that lagged and was promoted,
/// or an older copy: nobody goes on with it unasked.
class ForgottenTest {
  private static final Duration NOTICED_MAX = Duration.ofSeconds(20);

  private final EngineProcess engine = EngineProcess.in("forgotten");

  @AfterEach
  void end() {
    engine.close();
  }

  @Test
  void whoeverSawTheRow_stops_andDoesNotStart_untilAPersonSaysSo() throws Exception {
    var witness = engine.data().resolve("witness");
    var line =
        "baton: the database has forgotten what it had confirmed: it is another one, a standby that"
            + " lagged, or an older copy. See docs/cluster.md on going on with it, then delete "
            + witness;
    engine.launch().ready();
    Talk.open(engine);
    Wait.until(NOTICED_MAX, "the newest row was seen", () -> newest().equals(seen()));

    // What a failover does: sessions end, and the newest rows are not there.
    execute("delete from event_journal where ordering = (select max(ordering) from event_journal)");
    execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            + " where application_name = 'baton-node'");
    assertEquals(1, engine.exited(NOTICED_MAX));
    assertEquals(List.of(line), told());

    engine.launch();
    assertEquals(1, engine.exited(NOTICED_MAX));
    assertEquals(Optional.empty(), engine.address());
    assertEquals(List.of(line), told());

    Files.delete(witness);
    engine.launch().ready();

    // What somebody does who deletes: nobody's session ends.
    Talk.open(engine);
    Wait.until(NOTICED_MAX, "the newest row was seen", () -> newest().equals(seen()));
    execute("delete from event_journal where ordering = (select max(ordering) from event_journal)");
    assertEquals(1, engine.exited(NOTICED_MAX));
    assertEquals(List.of(line), told());
  }

  private List<String> told() {
    return engine.err().lines().filter(line -> line.startsWith("baton: ")).toList();
  }

  private String seen() {
    try {
      var witness = engine.data().resolve("witness");
      return Files.exists(witness) ? Files.readString(witness).split(" ")[0] : "";
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private String newest() {
    try (var connection = engine.database().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select max(ordering) from event_journal")) {
      row.next();
      return row.getString(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = engine.database().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
