package baton.persistence.db;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.LoggerFactory;

/// One server for all tests of a run. Tests keep apart by tenant.
public final class TestDatabase implements ParameterResolver {
  static {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Database.class || type == LocalServer.class || type == Ports.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
    var type = parameter.getParameter().getType();
    if (type == Database.class) return running.database;
    return type == LocalServer.class ? running.server : running.ports;
  }

  private record Running(Path folder, LocalServer server, Database database, Ports ports)
      implements AutoCloseable {
    private static Running start() {
      try {
        var target = Files.createDirectories(Path.of("target"));
        var folder = Files.createTempDirectory(target, "postgres");
        var server = LocalServer.start(folder);
        var database = Database.open(server);
        return new Running(folder, server, database, Ports.inPostgres(database));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      database.close();
      server.close();
      delete(folder);
    }
  }

  static void delete(Path folder) {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
