package baton.persistence.db;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
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

  /// One column of a batch, for `unnest`.
  static <E> Array column(
      Connection connection, String type, List<E> rows, Function<? super E, ?> value)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(value).toArray());
  }

  /// As PostgreSQL reads it, in a column of type `timestamptz`.
  static Object time(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toString();
  }
}
