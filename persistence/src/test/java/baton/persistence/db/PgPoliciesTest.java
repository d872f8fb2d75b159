package baton.persistence.db;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class PgPoliciesTest extends PoliciesContract {
  PgPoliciesTest(Ports ports) {
    super(ports);
  }
}
