package baton.persistence.db;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A database to read from, beside an engine that may be using it. Nothing is migrated, and nothing
/// can be written.
public final class ReadAccess implements AutoCloseable {
  private final DataSource source;
  private final Optional<LocalServer> started;

  private ReadAccess(DataSource source, Optional<LocalServer> started) {
    this.source = source;
    this.started = started;
  }

  /// @param url `jdbc:postgresql:…`, which may hold user and password itself
  /// @throws Unusable if that is no such address
  public static ReadAccess to(String url) {
    return new ReadAccess(reading(url, "", ""), Optional.empty());
  }

  /// Where an engine runs on the folder its server is used, else the server is started until this
  /// is closed.
  ///
  /// @throws Unusable if there is no data in the folder, or no server can run
  public static ReadAccess in(Path data) {
    mustBeData(data);
    var running = LocalServer.running(data);
    if (running.isPresent()) {
      var login = running.get();
      return new ReadAccess(reading(login.url(), login.user(), login.password()), Optional.empty());
    }
    var server = LocalServer.start(data);
    return new ReadAccess(
        reading(server.jdbcUrl(), server.user(), server.password()), Optional.of(server));
  }

  /// @throws Unusable if there is no data in the folder
  public static void mustBeData(Path data) {
    if (!Files.exists(data.resolve("version"))) {
      throw new Unusable(
          "there is no data in "
              + data
              + ": name the data folder with --data, or a database with --db");
    }
  }

  private static DataSource reading(String url, String user, String password) {
    var source = new PGSimpleDataSource();
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException notOne) {
      throw new Unusable("a database is named as jdbc:postgresql://HOST:PORT/NAME");
    }
    if (!user.isEmpty()) source.setUser(user);
    if (!password.isEmpty()) source.setPassword(password);
    source.setReadOnly(true);
    source.setConnectTimeout(5);
    // A server's details quote the values of rows.
    source.setLogServerErrorDetail(false);
    return source;
  }

  public DataSource source() {
    return source;
  }

  @Override
  public void close() {
    started.ifPresent(LocalServer::close);
  }
}
