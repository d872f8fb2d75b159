package baton.persistence.db;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class PgControlsTest extends ControlsContract {
  PgControlsTest(Ports ports) {
    super(ports);
  }
}
