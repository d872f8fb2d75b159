package baton.simulation.torture;

import baton.handoff.ConversationId;
import baton.persistence.db.PgJournal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// What an engine left in its database, read by itself.
public record Database(DataSource source) {
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  boolean isThere() {
    try (var _ = source.getConnection()) {
      return true;
    } catch (SQLException away) {
      return false;
    }
  }

  List<ConversationId> conversations() {
    var prefix = PgJournal.persistenceId(new ConversationId("t", "c")).split("\\|")[0];
    return texts(
            "select distinct persistence_id from event_journal where persistence_id like '"
                + prefix
                + "|%' order by 1")
        .stream()
        .map(id -> ConversationId.parse(id.split("\\|")[1]))
        .toList();
  }

  List<String> texts(String sql) {
    return rows(sql, row -> row.getString(1));
  }

  <T> List<T> rows(String sql, Reading<T> reading) {
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      var rows = new ArrayList<T>();
      while (found.next()) rows.add(reading.read(found));
      return rows;
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }
}
