package baton.persistence.db;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class PgStandingsTest extends StandingsContract {
  PgStandingsTest(Database database) {
    super(Ports.inPostgres(database));
  }
}
