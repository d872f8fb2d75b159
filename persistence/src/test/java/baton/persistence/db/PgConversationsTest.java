package baton.persistence.db;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class PgConversationsTest extends ConversationsContract {
  PgConversationsTest(Ports ports) {
    super(ports);
  }
}
