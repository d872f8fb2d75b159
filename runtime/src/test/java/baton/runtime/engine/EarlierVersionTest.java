package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.ConversationId;
import baton.persistence.db.PgJournal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A rolling update: rows are written so that every node that is there reads them.
@ExtendWith(RunningEngine.class)
class EarlierVersionTest {
  private static final Duration SEEN_MAX = Duration.ofSeconds(20);

  @Test
  void givenANodeOfAnEarlierVersion_thenRowsAreInItsFormat_untilItIsGone(EngineProcess engine)
      throws SQLException {
    Talk talk;
    try (var earlier = engine.database().getConnection();
        var statement = earlier.createStatement()) {
      // As that version comes in, which knows nothing of formats.
      statement.execute("select pg_advisory_lock_shared(1650553967, 1)");
      statement.execute(
          """
          insert into node (address, http, version, secrets, session, session_began, since)
          select 'earlier:7355', 'http://earlier:8080', '0', '', pid, backend_start, now()
          from pg_stat_activity where pid = pg_backend_pid()
          """);
      talk =
          Wait.upTo(
              SEEN_MAX,
              "rows are in its format",
              () -> {
                var next = Talk.open(engine);
                return formats(engine, next).equals(Set.of(1))
                    ? Optional.of(next)
                    : Optional.empty();
              });
      talk.say("I would like a demo");
      assertEquals(Set.of(1), formats(engine, talk));
      statement.execute("select pg_advisory_unlock_shared(1650553967, 1)");
    }

    Wait.until(
        SEEN_MAX,
        "rows are in the newest format",
        () -> {
          talk.say("Are you still there?");
          return formats(engine, talk).contains(2);
        });
    var inOrder = new ArrayList<>(rows(engine, talk));
    inOrder.sort(null);
    assertEquals(inOrder, rows(engine, talk), "and never go back");
    assertEquals(List.of(), talk.irregularities());
  }

  private static Set<Integer> formats(EngineProcess engine, Talk talk) {
    return new TreeSet<>(rows(engine, talk));
  }

  private static List<Integer> rows(EngineProcess engine, Talk talk) {
    return new PgJournal(engine.database())
            .rows(
                new ConversationId(ConversationId.DEFAULT_TENANT, talk.id()), 0, Integer.MAX_VALUE)
            .stream()
            .map(row -> row.link().format())
            .toList();
  }
}
