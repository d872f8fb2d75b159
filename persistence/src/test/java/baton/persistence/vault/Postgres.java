package baton.persistence.vault;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// One server for all tests of this JVM, which stops with it, and an empty database for whoever asks.
public final class Postgres {
  private static final AtomicInteger MADE = new AtomicInteger();

  private Postgres() {}

  /// @param schema statements that make the tables
  public static DataSource database(String schema) {
    String name = "test_" + MADE.incrementAndGet();
    try {
      run(Server.ONLY.getPostgresDatabase(), "create database " + name);
      var database = Server.ONLY.getDatabase("postgres", name);
      run(database, schema);
      return database;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  public static void run(DataSource database, String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static final class Server {
    static final EmbeddedPostgres ONLY = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
