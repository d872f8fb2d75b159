package baton.runtime.observe;

import baton.persistence.db.Database;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.sql.SQLException;
import javax.sql.DataSource;

/// What the engine stands on: the Java machine, and the connections to the database.
public final class Surroundings implements AutoCloseable {
  private final JvmGcMetrics pauses = new JvmGcMetrics();

  public Surroundings(Metrics metrics, Database database) {
    metrics.bind(new JvmMemoryMetrics());
    metrics.bind(pauses);
    metrics.bind(new JvmThreadMetrics());
    metrics.bind(new ProcessorMetrics());
    connections(metrics, "all", database.source());
    connections(metrics, "claims", database.claims());
  }

  private static void connections(Metrics metrics, String pool, DataSource source) {
    try {
      var connections = source.unwrap(HikariDataSource.class).getHikariPoolMXBean();
      metrics.connections(pool, "active", connections::getActiveConnections);
      metrics.connections(pool, "idle", connections::getIdleConnections);
      metrics.connections(pool, "waiting", connections::getThreadsAwaitingConnection);
    } catch (SQLException notPooled) {
      throw new IllegalStateException("connections to the database come from a pool", notPooled);
    }
  }

  @Override
  public void close() {
    pauses.close();
  }
}
