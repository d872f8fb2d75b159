package baton.persistence.db;

final class MemoryClaimsTest extends ClaimsContract {
  MemoryClaimsTest() {
    super(Ports.inMemory());
  }
}
