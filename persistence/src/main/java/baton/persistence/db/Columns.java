package baton.persistence.db;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;

/// Columns of many rows, for `unnest`.
public final class Columns {
  private Columns() {}

  /// One column. The driver sends an array of a known type as it is, and any other as a text that
  /// it has to escape and the server has to read.
  ///
  /// @param type of the column, as PostgreSQL calls it
  public static <T> Array of(
      Connection connection, String type, Collection<T> rows, Function<? super T, ?> value)
      throws SQLException {
    return connection.createArrayOf(
        type,
        rows.stream()
            .map(value)
            .toArray(size ->
                switch (type) {
                  case "text" -> new String[size];
                  case "int8" -> new Long[size];
                  case "int4" -> new Integer[size];
                  case "bool" -> new Boolean[size];
                  case "bytea" -> new byte[size][];
                  default -> new Object[size];
                }));
  }
}
