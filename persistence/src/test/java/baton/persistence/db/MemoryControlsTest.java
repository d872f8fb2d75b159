package baton.persistence.db;

final class MemoryControlsTest extends ControlsContract {
  MemoryControlsTest() {
    super(Ports.inMemory());
  }
}
