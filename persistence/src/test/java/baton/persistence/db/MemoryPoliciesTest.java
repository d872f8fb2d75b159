package baton.persistence.db;

final class MemoryPoliciesTest extends PoliciesContract {
  MemoryPoliciesTest() {
    super(Ports.inMemory());
  }
}
