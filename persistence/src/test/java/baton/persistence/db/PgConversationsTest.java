package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.port.Claims.Settlement;
import baton.handoff.port.Conversations.Due;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class PgConversationsTest extends ConversationsContract {
  private final Database database;
  private final Ports ports;

  PgConversationsTest(Database database, Ports ports) {
    super(ports);
    this.database = database;
    this.ports = ports;
  }

  private static List<ConversationId> behind(PgConversations conversations) {
    return conversations.behind().stream().map(Due::id).toList();
  }

  @Test
  void givenAClaimWithoutAnOutcomeThenItsConversationIsTakenUpAtAStart() {
    var conversations = new PgConversations(database.source());
    var s = Setting.in(ports).at("a", 5);
    conversations.announce(s.id("a"), "c", Instant.parse("2026-11-20T09:00:00Z"));
    var draft = s.draft("a", 9, 5);
    ports.claims().claim(List.of(draft.request()));
    assertTrue(behind(conversations).contains(s.id("a")));

    var claim = ports.claims().open(s.id("a")).getFirst();
    ports.claims().settle(List.of(new Settlement(s.tenant(), claim.n(), Outcome.confirmed())));
    assertFalse(behind(conversations).contains(s.id("a")));
  }

  /// Without it each conversation is looked for among all rows: an engine with 8,000 took minutes
  /// to start.
  @Test
  void whoeverIsBehindIsLookedUpByTheJournalsIndex() throws SQLException {
    var plan = new StringBuilder();
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local enable_seqscan = off");
      try (var line = statement.executeQuery("explain " + PgConversations.BEHIND)) {
        while (line.next()) plan.append(line.getString(1)).append('\n');
      }
      connection.rollback();
      connection.setAutoCommit(true);
    }
    assertTrue(plan.toString().contains("Index Cond: (persistence_id ="), plan::toString);
  }
}
