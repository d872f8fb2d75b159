package baton.persistence.db;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class PgStandingsTest extends StandingsContract {
  PgStandingsTest(Ports ports) {
    super(ports);
  }
}
