package baton.runtime.outreach;

import baton.runtime.tools.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import javax.sql.DataSource;

/// Runs statements on the database of the leads. An outage is an exception.
record Statements(DataSource database) {
  /// Each statement by itself.
  <T> T on(Function<Sql, T> work) {
    try (var connection = database.getConnection()) {
      return work.apply(new Sql(connection));
    } catch (SQLException | Sql.Refused broken) {
      throw new IllegalStateException("the database did not answer about leads", broken);
    }
  }

  /// All or nothing. A process that is halted in it lets go of the row soon.
  <T> T atOnce(Function<Sql, T> work) {
    return on(sql -> {
      var connection = sql.connection();
      try {
        connection.setAutoCommit(false);
        try (var bounds = connection.createStatement()) {
          bounds.execute(
              """
              set local statement_timeout = '10s';
              set local idle_in_transaction_session_timeout = '15s'\
              """);
        }
        var done = work.apply(sql);
        connection.commit();
        return done;
      } catch (SQLException | RuntimeException broken) {
        rollback(connection);
        if (broken instanceof RuntimeException told) throw told;
        throw new IllegalStateException("the database did not answer about leads", broken);
      } finally {
        autoCommit(connection);
      }
    });
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException gone) {
      // What was not committed is not there.
    }
  }

  private static void autoCommit(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException gone) {
      // The pool throws it away.
    }
  }

  static Object texts(Sql sql, Collection<String> texts) {
    return array(sql, "text", texts);
  }

  static Object array(Sql sql, String type, Collection<?> values) {
    try {
      return sql.connection().createArrayOf(type, values.toArray());
    } catch (SQLException broken) {
      throw new IllegalStateException("the database did not answer", broken);
    }
  }
}
