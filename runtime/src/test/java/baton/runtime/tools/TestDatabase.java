package baton.runtime.tools;

import java.lang.reflect.Proxy;
import javax.sql.DataSource;

/// The tests' own PostgreSQL, with all tables, for tests of what stands beside the tools.
public final class TestDatabase {
  private TestDatabase() {}

  public static DataSource source() {
    return PgBench.DATABASE;
  }

  /// The same, started when somebody first asks it something.
  public static DataSource whenAsked() {
    return (DataSource)
        Proxy.newProxyInstance(
            TestDatabase.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, call, arguments) -> call.invoke(source(), arguments));
  }
}
