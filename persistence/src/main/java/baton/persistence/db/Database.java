package baton.persistence.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/// A PostgreSQL database that was found fit and brought up to date, with connections to it.
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  /// One each for a claim, a settlement and an advance: none of them waits for another's
  /// connection.
  private static final int CLAIM_CONNECTIONS = 3;

  private static final int OLDEST = 14;

  private final HikariDataSource source;
  private final HikariDataSource claims;

  private final Properties login;
  private final String url;

  private Database(String url, Properties login, HikariDataSource source, HikariDataSource claims) {
    this.url = url;
    this.login = login;
    this.source = source;
    this.claims = claims;
  }

  public static Database open(LocalServer server) {
    return open(server.jdbcUrl(), server.user(), server.password());
  }

  /// @param url `jdbc:postgresql:…`, which may hold user and password itself
  /// @param user empty where the URL says it
  /// @param password empty where the URL says it or none is needed
  /// @throws Unusable if it is no database of ours, or one that could forget what it has confirmed
  public static Database open(String url, String user, String password) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new Unusable("a database is named as jdbc:postgresql://HOST:PORT/NAME");
    }
    var source = pool("baton", url, user, password, CONNECTIONS, 0);
    try {
      check(source);
      migrate(source);
      var claims = pool("baton-claims", url, user, password, CLAIM_CONNECTIONS, 10_000);
      return new Database(url, login(user, password), source, claims);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /// Connections for one use, so that it waits for no other.
  ///
  /// @param user empty where the URL says it, as `password`
  /// @param statementMaxMs how long a statement may take; 0 for as long as it likes
  /// @throws Unusable where there is no such database
  public static HikariDataSource pool(
      String name, String url, String user, String password, int size, int statementMaxMs) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url);
    if (!user.isEmpty()) config.setUsername(user);
    if (!password.isEmpty()) config.setPassword(password);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(5_000);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.addDataSourceProperty("ApplicationName", name);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // A server's details quote the values of rows.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    // A plan that was kept from the time when a table was empty would be wrong for long.
    var options = "-c plan_cache_mode=force_custom_plan";
    config.addDataSourceProperty("options", options);
    if (statementMaxMs > 0) {
      config.addDataSourceProperty("options", options + " -c statement_timeout=" + statementMaxMs);
      config.addDataSourceProperty("socketTimeout", Integer.toString(statementMaxMs / 1000 + 5));
    }
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw new Unusable(
          "cannot connect to the database: check that it runs, and its address, user and password",
          e);
    }
  }

  private static void check(DataSource source) {
    Work.run(
        source,
        connection -> {
          if (Integer.parseInt(show(connection, "server_version_num")) < OLDEST * 10_000) {
            throw new Unusable("the database is too old: Baton needs PostgreSQL 14 or newer");
          }
          for (var setting : new String[] {"fsync", "synchronous_commit"}) {
            if (show(connection, setting).equals("off")) {
              throw new Unusable(
                  "the database has "
                      + setting
                      + " = off and may forget what was claimed:"
                      + " set it to on");
            }
          }
          return true;
        });
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("show " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void migrate(DataSource source) {
    try {
      var flyway =
          Flyway.configure()
              .dataSource(source)
              .locations("classpath:db/migration")
              // Modules number their migrations in ranges of their own.
              .outOfOrder(true)
              .load();
      if (Arrays.stream(flyway.info().all()).anyMatch(Database::isNewer)) {
        throw new Unusable(
            "the database was written by a newer Baton: use that version, or another database");
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new Unusable(
          "the database's tables cannot be brought up to date: give Baton an empty database, or one"
              + " of its own that nobody has altered",
          e);
    }
  }

  private static boolean isNewer(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_SUCCESS
        || migration.getState() == MigrationState.FUTURE_FAILED;
  }

  private static Properties login(String user, String password) {
    var login = new Properties();
    if (!user.isEmpty()) login.setProperty("user", user);
    if (!password.isEmpty()) login.setProperty("password", password);
    return login;
  }

  /// A connection for one holder, outside the pools. Where the holder's machine falls silent the
  /// server ends it within seconds.
  Connection session(Duration answerMax) throws SQLException {
    var properties = (Properties) login.clone();
    long seconds = answerMax.toSeconds();
    properties.setProperty("ApplicationName", "baton-node");
    properties.setProperty("connectTimeout", Long.toString(seconds));
    properties.setProperty("socketTimeout", Long.toString(2 * seconds));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty(
        "options",
        "-c idle_session_timeout=0 -c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2"
            + " -c tcp_keepalives_count=3 -c tcp_user_timeout=10000");
    return DriverManager.getConnection(url, properties);
  }

  /// How far a clock is ahead of the database's at least, less than nothing where it is behind:
  /// what the question itself takes counts for neither. Blocks.
  public Duration ahead(InstantSource clock) {
    return Work.run(
        source,
        connection -> {
          try (var statement = connection.prepareStatement("select clock_timestamp()")) {
            var before = clock.instant();
            try (var row = statement.executeQuery()) {
              var after = clock.instant();
              row.next();
              var there = row.getObject(1, OffsetDateTime.class).toInstant();
              if (there.isBefore(before)) return Duration.between(there, before);
              return there.isAfter(after) ? Duration.between(there, after) : Duration.ZERO;
            }
          }
        });
  }

  /// For everything but claims.
  public DataSource source() {
    return source;
  }

  /// For claims, settlements and advances alone, so that nothing else makes them wait.
  public DataSource claims() {
    return claims;
  }

  @Override
  public void close() {
    claims.close();
    source.close();
  }
}
