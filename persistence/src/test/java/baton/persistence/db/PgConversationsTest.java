package baton.persistence.db;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class PgConversationsTest extends ConversationsContract {
  PgConversationsTest(Database database) {
    super(Ports.inPostgres(database));
  }
}
