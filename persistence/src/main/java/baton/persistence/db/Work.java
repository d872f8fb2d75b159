package baton.persistence.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/// Something to do on a connection. Each statement is a transaction of its own: nothing here keeps
/// one open across a round trip, so a client that stops half-way holds no lock.
interface Work<T> {
  T on(Connection connection) throws SQLException;

  static <T> T run(DataSource source, Work<T> work) {
    try (var connection = source.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new Outage(e);
    }
  }

  /// As PostgreSQL reads it, in a column of type `timestamptz`.
  static Object time(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toString();
  }
}
