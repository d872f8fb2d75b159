package baton.runtime.tools;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Statements on one connection.
public record Sql(Connection connection) {
  /// What the database refused or did not answer.
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(SQLException cause) {
      super(cause);
    }

    /// SQLSTATE, empty where there is none.
    public String state() {
      return getCause() instanceof SQLException cause
          ? Objects.requireNonNullElse(cause.getSQLState(), "")
          : "";
    }
  }

  public interface Row<R> {
    R of(ResultSet row) throws SQLException;
  }

  /// Parameters are texts, numbers, instants and arrays.
  ///
  /// @return how many rows it touched
  public int update(String statement, Object... values) {
    try (var update = prepared(statement, values)) {
      return update.executeUpdate();
    } catch (SQLException refused) {
      throw new Refused(refused);
    }
  }

  /// The same statement for each list of parameters.
  public void batch(String statement, List<List<Object>> rows) {
    try (var update = connection.prepareStatement(statement)) {
      for (var values : rows) {
        bind(update, values);
        update.addBatch();
      }
      update.executeBatch();
    } catch (SQLException refused) {
      throw new Refused(refused);
    }
  }

  public <R> List<R> rows(String query, Row<R> read, Object... values) {
    try (var select = prepared(query, values);
        var row = select.executeQuery()) {
      var rows = new ArrayList<R>();
      while (row.next()) rows.add(read.of(row));
      return rows;
    } catch (SQLException refused) {
      throw new Refused(refused);
    }
  }

  public <R> Optional<R> row(String query, Row<R> read, Object... values) {
    return rows(query, read, values).stream().findFirst();
  }

  /// @param type of its members, as the database calls it
  public Object array(String type, Collection<?> values) {
    try {
      return connection.createArrayOf(type, values.toArray());
    } catch (SQLException refused) {
      throw new Refused(refused);
    }
  }

  public static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private PreparedStatement prepared(String statement, Object... values) throws SQLException {
    var prepared = connection.prepareStatement(statement);
    try {
      bind(prepared, Arrays.asList(values));
      return prepared;
    } catch (SQLException | RuntimeException unbound) {
      prepared.close();
      throw unbound;
    }
  }

  private static void bind(PreparedStatement prepared, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) prepared.setObject(1 + i, bound(values.get(i)));
  }

  /// How JDBC takes an instant. Beyond microseconds the database would round.
  private static Object bound(Object value) {
    return value instanceof Instant at
        ? at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC)
        : value;
  }
}
