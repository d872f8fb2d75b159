package baton.runtime.tools;

import javax.sql.DataSource;

/// The tests' own PostgreSQL, with all tables, for tests of what stands beside the tools.
public final class TestDatabase {
  private TestDatabase() {}

  public static DataSource source() {
    return PgBench.DATABASE;
  }
}
