package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A session that was ended at one node is over at all.
@ExtendWith(TestDatabase.class)
final class PgEndedSessionsTest {
  private final Database database;

  PgEndedSessionsTest(Database database) {
    this.database = database;
  }

  @Test
  void itIsKnownAtEveryNode_andForgottenOnceItWouldBeOver() throws SQLException {
    var now = Instant.now();
    try (var one = new Mirror(database.source(), Duration.ofHours(1));
        var two = new Mirror(database.source(), Duration.ofHours(1))) {
      var here = new PgEndedSessions(database.source(), one);
      here.end("mark-over", now, now.minusSeconds(1));
      here.end("mark", now, now.plusSeconds(3600));
      here.end("mark", now, now.plusSeconds(3600));
      assertTrue(here.has("mark"));
      assertFalse(here.has("another"));
      assertTrue(new PgEndedSessions(database.source(), two).has("mark"));
      assertEquals(1, rows());
    }
  }

  private int rows() throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from session_ended")) {
      row.next();
      return row.getInt(1);
    }
  }
}
