package baton.persistence.db;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class PgClaimsTest extends ClaimsContract {
  PgClaimsTest(Ports ports) {
    super(ports);
  }
}
