package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Outcome;
import baton.handoff.port.Claims.Settlement;
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

  @Test
  void givenAClaimWithoutAnOutcomeThenItsConversationIsTakenUpAtAStart() {
    var conversations = new PgConversations(database.source());
    var s = Setting.in(ports).at("a", 5);
    var draft = s.draft("a", 9, 5);
    ports.claims().claim(List.of(draft.request()));
    assertTrue(conversations.behind().contains(s.id("a")));

    var claim = ports.claims().open(s.id("a")).getFirst();
    ports.claims().settle(List.of(new Settlement(s.tenant(), claim.n(), Outcome.confirmed())));
    assertFalse(conversations.behind().contains(s.id("a")));
  }
}
