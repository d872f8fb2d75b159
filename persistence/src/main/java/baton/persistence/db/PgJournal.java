package baton.persistence.db;

import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.persistence.codec.AgentLink;
import baton.persistence.codec.Chain;
import baton.persistence.codec.Link;
import baton.persistence.codec.LinkSerializer;
import baton.persistence.codec.Unreadable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/// Reads journals row by row, beside the actors that write them. Thread-safe; blocks.
public final class PgJournal {
  private static final String ROWS =
      """
      select sequence_number, event_ser_id, event_ser_manifest, event_payload
      from event_journal
      where persistence_id = ? and not deleted and sequence_number > ?
      order by sequence_number
      limit ?
      """;
  private static final String HIGHEST =
      "select max(sequence_number) from event_journal where persistence_id = ? and not deleted";

  private static final String HIGHEST_OF_MANY =
      """
      select w.n, j.sequence_number
      from unnest(?) with ordinality as w (id, n), lateral (
        select sequence_number from event_journal
        where persistence_id = w.id and not deleted
        order by sequence_number desc limit 1) j
      """;

  private static final String LAST =
      "select ordering, persistence_id, sequence_number from event_journal"
          + " order by ordering desc limit 1";
  private static final String MARKED =
      "select 1 from event_journal where persistence_id = ? and sequence_number = ?"
          + " and ordering = ?";

  private final DataSource database;

  public PgJournal(DataSource database) {
    this.database = database;
  }

  /// @param number the journal's own number of the row, from 1 without a gap
  public record Row(long number, Link link) implements Chain.Row {}

  /// @param number the journal's own number of the row, from 1 without a gap
  public record AgentRow(long number, AgentLink link) implements Chain.Row {}

  /// Under which name a conversation is journaled.
  public static String persistenceId(ConversationId conversation) {
    return "conversation|" + conversation.key();
  }

  /// Under which name an agent's own journal is kept.
  public static String persistenceId(ConversationId conversation, Role role) {
    return "agent|" + conversation.key() + "|" + role.name();
  }

  /// A conversation's rows after one, lowest first, at most `limit`.
  ///
  /// @throws Unreadable naming the first row that is damaged or of a newer format
  public List<Row> rows(ConversationId conversation, long afterRow, int limit) {
    return rows(
        persistenceId(conversation),
        LinkSerializer.ENTRY,
        afterRow,
        limit,
        stored -> new Row(stored.number, Link.read(stored.bytes)));
  }

  /// The same for one agent of a conversation.
  public List<AgentRow> rows(ConversationId conversation, Role role, long afterRow, int limit) {
    return rows(
        persistenceId(conversation, role),
        LinkSerializer.AGENT_EVENT,
        afterRow,
        limit,
        stored -> new AgentRow(stored.number, AgentLink.read(stored.bytes)));
  }

  /// Number of a conversation's last row, empty where there is none.
  public Optional<Long> highest(ConversationId conversation) {
    return query(
        HIGHEST,
        statement -> statement.setString(1, persistenceId(conversation)),
        found -> {
          found.next();
          long number = found.getLong(1);
          return found.wasNull() ? Optional.empty() : Optional.of(number);
        });
  }

  /// The same for each of many that has one.
  public Map<ConversationId, Long> highest(Collection<ConversationId> conversations) {
    var all = List.copyOf(conversations);
    return Work.run(
        database,
        connection -> {
          try (var statement = connection.prepareStatement(HIGHEST_OF_MANY)) {
            statement.setArray(1, Columns.of(connection, "text", all, PgJournal::persistenceId));
            try (var found = statement.executeQuery()) {
              var highest = new HashMap<ConversationId, Long>();
              while (found.next()) highest.put(all.get(found.getInt(1) - 1), found.getLong(2));
              return highest;
            }
          }
        });
  }

  /// A row of any journal, by the order in which all were written.
  public record Mark(long ordering, String persistenceId, long number) {}

  /// The row that was written last, empty where there is none.
  public Optional<Mark> last() {
    return query(
        LAST,
        _ -> {},
        found ->
            found.next()
                ? Optional.of(new Mark(found.getLong(1), found.getString(2), found.getLong(3)))
                : Optional.empty());
  }

  /// Whether a row is still there.
  public boolean has(Mark mark) {
    return query(
        MARKED,
        statement -> {
          statement.setString(1, mark.persistenceId());
          statement.setLong(2, mark.number());
          statement.setLong(3, mark.ordering());
        },
        ResultSet::next);
  }

  private <R> List<R> rows(
      String persistenceId, String manifest, long afterRow, int limit, Function<Stored, R> read) {
    return query(
        ROWS,
        statement -> {
          statement.setString(1, persistenceId);
          statement.setLong(2, afterRow);
          statement.setInt(3, limit);
        },
        found -> {
          var rows = new ArrayList<R>();
          while (found.next()) rows.add(row(persistenceId, manifest, found, read));
          return rows;
        });
  }

  private static <R> R row(
      String persistenceId, String manifest, ResultSet found, Function<Stored, R> read)
      throws SQLException {
    long number = found.getLong(1);
    String where = "row " + number + " of " + persistenceId + ": ";
    if (found.getInt(2) != LinkSerializer.ID || !manifest.equals(found.getString(3))) {
      throw new Unreadable(where + "it is not of the kind " + manifest);
    }
    try {
      return read.apply(new Stored(number, found.getBytes(4)));
    } catch (Unreadable damage) {
      throw new Unreadable(where + damage.getMessage());
    }
  }

  private record Stored(long number, byte[] bytes) {}

  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(ResultSet found) throws SQLException;
  }

  private <T> T query(String sql, Binding binding, Reading<T> reading) {
    return Work.run(
        database,
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            try (var found = statement.executeQuery()) {
              return reading.read(found);
            }
          }
        });
  }
}
