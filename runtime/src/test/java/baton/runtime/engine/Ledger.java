package baton.runtime.engine;

import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.State;
import baton.persistence.db.PgJournal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Everything that an engine left in its database, read by itself.
public final class Ledger {
  private final DataSource database;
  private final PgJournal journal;

  public Ledger(DataSource database) {
    this.database = database;
    this.journal = new PgJournal(database);
  }

  /// An event with its number.
  public record Numbered(long seq, Event event) {}

  /// A row of the table `claim`.
  public record Claim(
      long n,
      String permit,
      String key,
      String kind,
      String digest,
      String state,
      java.time.Instant at,
      String outcome) {}

  public List<ConversationId> conversations() {
    return persistenceIds("conversation|").stream()
        .map(id -> ConversationId.parse(id.split("\\|")[1]))
        .toList();
  }

  private List<String> persistenceIds(String prefix) {
    return rows(
        "select distinct persistence_id from event_journal where persistence_id like '"
            + prefix
            + "%' order by 1",
        row -> row.getString(1));
  }

  public List<Entry> entries(ConversationId id) {
    return journal.rows(id, 0, Integer.MAX_VALUE).stream().map(row -> row.link().entry()).toList();
  }

  public List<Numbered> events(ConversationId id) {
    var events = new ArrayList<Numbered>();
    for (var entry : entries(id)) {
      long seq = entry.first();
      for (var event : entry.events()) events.add(new Numbered(seq++, event));
    }
    return events;
  }

  public State state(ConversationId id) {
    State state = Conversation.blank(id);
    for (var entry : entries(id)) state = Conversation.evolve(state, entry);
    return state;
  }

  public List<Claim> claims() {
    return rows(
        "select n, permit, key, kind, digest, state, claimed_at, outcome from claim order by n",
        row ->
            new Claim(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getObject(7, java.time.OffsetDateTime.class).toInstant(),
                row.getString(8)));
  }

  /// A letter of which nobody knows whether it went out.
  ///
  /// @param claim the number of its claim
  /// @param name of its file, without `.eml`
  public record LetterUnknown(long claim, String name) {}

  public List<LetterUnknown> lettersUnknown() {
    return rows(
        "select c.n, l.letter from claim c join letter l using (tenant, key)"
            + " where c.state = 'UNKNOWN' and l.state = 'sending' order by 1",
        row -> new LetterUnknown(row.getLong(1), row.getString(2)));
  }

  public long count(String sql) {
    return rows(sql, row -> row.getLong(1)).getFirst();
  }

  public List<String> texts(String sql) {
    return rows(sql, row -> row.getString(1));
  }

  public interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  public <T> List<T> rows(String sql, Reading<T> reading) {
    try (var connection = database.getConnection();
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
