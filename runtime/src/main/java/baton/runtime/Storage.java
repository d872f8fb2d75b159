package baton.runtime;

import baton.persistence.db.Database;
import baton.persistence.db.LocalServer;
import baton.persistence.db.Unusable;
import java.nio.file.Path;

/// The database an engine stands on: its own PostgreSQL in the data folder, or one it is told of.
public interface Storage extends AutoCloseable {
  Database database();

  String url();

  /// Empty where the URL says it.
  String user();

  String password();

  /// For one line at start-up.
  String described();

  @Override
  void close();

  /// @throws baton.persistence.db.Unusable where there can be none
  static Storage embedded(Path data) {
    var server = LocalServer.start(data);
    try {
      return new Opened(
          Database.open(server),
          server.jdbcUrl(),
          server.user(),
          server.password(),
          "its own PostgreSQL under " + data,
          server::close);
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  /// The PostgreSQL that another engine runs on the folder.
  static Storage beside(Path data) {
    var login =
        LocalServer.running(data)
            .orElseThrow(() ->
                new IllegalStateException(
                    "a node that joins needs the database of the others: name it with --db, or with"
                        + " --data the folder of the node that runs its own"));
    return new Opened(
        open(login.url(), login.user(), login.password()),
        login.url(),
        login.user(),
        login.password(),
        "the PostgreSQL of the engine under " + data,
        () -> {});
  }

  static Storage external(String url, String user, String password) {
    return new Opened(
        open(url, user, password), url, user, password, "PostgreSQL at --db", () -> {});
  }

  private static Database open(String url, String user, String password) {
    try {
      return Database.open(url, user, password);
    } catch (Unusable told) {
      throw told;
    } catch (RuntimeException unreadable) {
      throw new IllegalStateException(
          "cannot read the address of the database: write it as jdbc:postgresql://HOST:PORT/NAME",
          unreadable);
    }
  }

  record Opened(
      Database database,
      String url,
      String user,
      String password,
      String described,
      Runnable server)
      implements Storage {
    @Override
    public void close() {
      database.close();
      server.run();
    }
  }
}
