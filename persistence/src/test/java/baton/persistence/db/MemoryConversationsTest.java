package baton.persistence.db;

final class MemoryConversationsTest extends ConversationsContract {
  MemoryConversationsTest() {
    super(Ports.inMemory());
  }
}
