package baton.persistence.audit;

import baton.persistence.audit.Replay.OfThatTime;
import baton.persistence.db.Columns;
import baton.persistence.policy.Compilation;
import baton.persistence.policy.PolicyCompiler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// Journals, claims, policies and keys as they were at one moment. Reads only, takes no lock, and
/// streams: no more than some hundred journals are in memory.
final class JournalSnapshot implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 1_000;
  private static final int JOURNALS_AT_ONCE = 100;
  private static final String ROWS =
      """
      select persistence_id, sequence_number, deleted, event_ser_id, event_ser_manifest,
        event_payload
      from event_journal
      order by persistence_id, sequence_number\
      """;
  private static final String HEADS =
      """
      select persistence_id, sequence_number, encode(sha256(event_payload), 'hex')
      from event_journal
      join (
          select persistence_id, max(sequence_number) as sequence_number
          from event_journal
          group by persistence_id) as last
        using (persistence_id, sequence_number)\
      """;
  private static final String CLAIMS =
      """
      select tenant || '.' || conversation, n, permit, digest, claimed_at, outcome
      from claim
      where tenant || '.' || conversation = any (?)
        and tenant = any (?) and conversation = any (?)
      order by n\
      """;

  /// One journal, whole.
  ///
  /// @param claims of a conversation, by number; none of an agent
  record Journal(String id, List<StoredRow> rows, List<StoredClaim> claims) {
    boolean isOfConversation() {
      return id.startsWith(StoredRow.CONVERSATION);
    }

    /// `TENANT.ID`
    String key() {
      return id.split("\\|", -1)[1];
    }
  }

  private final Connection connection;

  private JournalSnapshot(Connection connection) {
    this.connection = connection;
  }

  static JournalSnapshot of(DataSource source) throws SQLException {
    var connection = source.getConnection();
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return new JournalSnapshot(connection);
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  /// Every journal, one after the other.
  void journals(Consumer<Journal> each) throws SQLException {
    try (var statement = connection.prepareStatement(ROWS)) {
      statement.setFetchSize(ROWS_AT_ONCE);
      var gathered = new LinkedHashMap<String, List<StoredRow>>();
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          var row =
              new StoredRow(
                  found.getString(1),
                  found.getLong(2),
                  found.getBoolean(3),
                  found.getInt(4),
                  found.getString(5),
                  found.getBytes(6));
          if (gathered.size() == JOURNALS_AT_ONCE && !gathered.containsKey(row.journal())) {
            hand(gathered, each);
          }
          gathered.computeIfAbsent(row.journal(), _ -> new ArrayList<>()).add(row);
        }
      }
      hand(gathered, each);
    }
  }

  private void hand(Map<String, List<StoredRow>> gathered, Consumer<Journal> each)
      throws SQLException {
    var claims = claims(gathered.keySet());
    gathered.forEach((id, rows) -> {
      var journal = new Journal(id, rows, List.of());
      var own = journal.isOfConversation() ? claims.get(journal.key()) : null;
      each.accept(own == null ? journal : new Journal(id, rows, own));
    });
    gathered.clear();
  }

  private Map<String, List<StoredClaim>> claims(Set<String> journals) throws SQLException {
    var keys =
        journals.stream()
            .filter(id -> id.startsWith(StoredRow.CONVERSATION))
            .map(id -> id.substring(StoredRow.CONVERSATION.length()))
            .toList();
    var claims = new HashMap<String, List<StoredClaim>>();
    try (var statement = connection.prepareStatement(CLAIMS)) {
      statement.setArray(1, Columns.of(connection, "text", keys, key -> key));
      statement.setArray(2, Columns.of(connection, "text", part(keys, 0), part -> part));
      statement.setArray(3, Columns.of(connection, "text", part(keys, 1), part -> part));
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          var claim =
              new StoredClaim(
                  found.getString(1),
                  found.getLong(2),
                  found.getString(3),
                  found.getString(4),
                  found.getObject(5, OffsetDateTime.class).toInstant(),
                  found.getString(6));
          claims.computeIfAbsent(claim.conversation(), _ -> new ArrayList<>()).add(claim);
        }
      }
    }
    return claims;
  }

  private static List<String> part(List<String> keys, int part) {
    return keys.stream().map(key -> key.split("\\.", -1)[part]).distinct().toList();
  }

  /// The last row of each journal, by journal.
  List<Head> heads() throws SQLException {
    try (var statement = connection.prepareStatement(HEADS);
        var found = statement.executeQuery()) {
      var heads = new ArrayList<Head>();
      while (found.next()) {
        heads.add(new Head(found.getString(1), found.getLong(2), found.getString(3)));
      }
      heads.sort(Comparator.comparing(Head::journal));
      return heads;
    }
  }

  /// The conversations that have claims, each as `TENANT.ID`.
  List<String> claimed() throws SQLException {
    return texts("select distinct tenant || '.' || conversation from claim order by 1");
  }

  LiveKeys keys() throws SQLException {
    return new LiveKeys(
        new HashSet<>(
            texts(
                "select tenant || ' ' || subject || ' ' || purpose from subject_key"
                    + " where destroyed_at is null")));
  }

  /// By tenant and hash.
  Map<String, Map<String, OfThatTime>> policies() throws SQLException {
    var policies = new HashMap<String, Map<String, OfThatTime>>();
    try (var statement = connection.prepareStatement("select tenant, hash, json from policy");
        var found = statement.executeQuery()) {
      while (found.next()) {
        policies
            .computeIfAbsent(found.getString(1), _ -> new HashMap<>())
            .put(found.getString(2), compiled(found.getString(2), found.getString(3)));
      }
    }
    return policies;
  }

  private static OfThatTime compiled(String hash, String json) {
    return switch (PolicyCompiler.fromJson(json)) {
      case Compilation.Compiled(var document) when document.policy().hash().equals(hash) ->
          new OfThatTime.Found(document.policy());
      case Compilation.Compiled _ -> new OfThatTime.Missing("is stored with another text");
      case Compilation.Invalid _ -> new OfThatTime.Missing("cannot be read");
    };
  }

  private List<String> texts(String sql) throws SQLException {
    try (var statement = connection.prepareStatement(sql);
        var found = statement.executeQuery()) {
      var texts = new ArrayList<String>();
      while (found.next()) texts.add(found.getString(1));
      return texts;
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.rollback();
    } finally {
      connection.setReadOnly(false);
      connection.setAutoCommit(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.close();
    }
  }
}
