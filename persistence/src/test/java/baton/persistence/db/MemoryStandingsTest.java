package baton.persistence.db;

final class MemoryStandingsTest extends StandingsContract {
  MemoryStandingsTest() {
    super(Ports.inMemory());
  }
}
