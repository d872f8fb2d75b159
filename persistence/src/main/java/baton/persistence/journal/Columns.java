package baton.persistence.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/// One column of many rows, for `unnest`.
final class Columns {
  private Columns() {}

  static <T> Array of(Connection connection, String type, List<T> rows, Function<T, ?> value)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(value).toArray());
  }

  static <T> Array bytes(Connection connection, List<T> rows, Function<T, byte[]> value)
      throws SQLException {
    return connection.createArrayOf("bytea", rows.stream().map(value).toArray(byte[][]::new));
  }
}
