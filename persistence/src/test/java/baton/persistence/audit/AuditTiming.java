package baton.persistence.audit;

import baton.persistence.db.Database;
import baton.persistence.db.LocalServer;
import baton.persistence.policy.PolicyCompiler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;

/// How many events a second are verified: 500 conversations of twenty messages, read and decided
/// again five times. Run by hand; no timed test.
final class AuditTiming {
  private static final int CONVERSATIONS = 500;
  private static final int MESSAGES = 20;
  private static final int ROUNDS = 5;

  private AuditTiming() {}

  public static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "timing");
    try (var server = LocalServer.start(folder);
        var database = Database.open(server)) {
      fill(database);
      var paces = new ArrayList<Double>();
      for (int round = 1; round <= ROUNDS; round++) {
        long began = System.nanoTime();
        var report = new Audit(database.source(), Checkpoints.none(), _ -> {}).run();
        double seconds = (System.nanoTime() - began) / 1e9;
        if (!report.whole()) throw new AssertionError(report.differences().getFirst().line());
        paces.add(report.events() / seconds);
        System.out.printf(
            "round %d: %,d events in %,d rows, %.2f s, %,.0f events a second%n",
            round, report.events(), report.rows(), seconds, report.events() / seconds);
      }
      paces.sort(null);
      System.out.printf(
          "min %,.0f, median %,.0f, max %,.0f events a second%n",
          paces.getFirst(), paces.get(ROUNDS / 2), paces.getLast());
    }
  }

  private static void fill(Database database) throws SQLException {
    var policy = PolicyCompiler.sample("inbound-trial").orThrow();
    for (int i = 1; i <= CONVERSATIONS; i++) {
      var played = Played.opened(database.source(), "c" + i, policy);
      for (int message = 1; message <= MESSAGES; message++) played.says("m" + message);
    }
  }
}
