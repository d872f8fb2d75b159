package baton.persistence.db;

import baton.handoff.ConversationId;
import baton.handoff.port.Conversations;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/// The wake table in PostgreSQL.
public final class PgConversations implements Conversations {
  private static final String SELECT =
      "select tenant, id, campaign, seq, status, holder, epoch, updated_at, due_at"
          + " from conversation ";

  private final DataSource source;

  public PgConversations(DataSource source) {
    this.source = source;
  }

  @Override
  public void announce(ConversationId id, String campaign, Instant now) {
    Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  """
                  insert into conversation as c (
                    tenant, id, campaign, seq, status, epoch, updated_at, due_at)
                  values (?, ?, ?, 0, 'open', 0, ?::timestamptz, ?::timestamptz)
                  on conflict (tenant, id) do update
                    set due_at = least(c.due_at, excluded.due_at)
                  """)) {
            statement.setString(1, id.tenant());
            statement.setString(2, id.id());
            statement.setString(3, campaign);
            statement.setObject(4, Work.time(now));
            statement.setObject(5, Work.time(now));
            return statement.executeUpdate();
          }
        });
  }

  /// Conversations of a tenant in which something happened at a moment or after it, by id.
  public List<ConversationId> since(String tenant, Instant moment) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  "select id from conversation where tenant = ? and updated_at >= ?::timestamptz"
                      + " order by id")) {
            statement.setString(1, tenant);
            statement.setObject(2, Work.time(moment));
            try (var found = statement.executeQuery()) {
              var ids = new ArrayList<ConversationId>();
              while (found.next()) ids.add(new ConversationId(tenant, found.getString(1)));
              return ids;
            }
          }
        });
  }

  @Override
  public void update(List<Row> rows) {
    var newest = new TreeMap<String, Row>();
    for (var row : rows) {
      newest.merge(row.id().key(), row, (a, b) -> b.seq() < a.seq() ? a : b);
    }
    var batch = List.copyOf(newest.values());
    if (batch.isEmpty()) return;
    Work.run(
        source,
        c -> {
          try (var statement =
              c.prepareStatement(
                  """
                  insert into conversation as c (
                    tenant, id, campaign, seq, status, holder, epoch, updated_at, due_at)
                  select *
                  from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as r (tenant, id, campaign, seq, status, holder, epoch, updated_at, due_at)
                  order by r.tenant collate "C", r.id collate "C"
                  on conflict (tenant, id) do update
                    set campaign = excluded.campaign, seq = excluded.seq,
                      status = excluded.status, holder = excluded.holder, epoch = excluded.epoch,
                      updated_at = excluded.updated_at, due_at = excluded.due_at
                    where excluded.seq >= c.seq
                  """)) {
            statement.setArray(1, Columns.of(c, "text", batch, r -> r.id().tenant()));
            statement.setArray(2, Columns.of(c, "text", batch, r -> r.id().id()));
            statement.setArray(3, Columns.of(c, "text", batch, Row::campaign));
            statement.setArray(4, Columns.of(c, "int8", batch, Row::seq));
            statement.setArray(5, Columns.of(c, "text", batch, Row::status));
            statement.setArray(6, Columns.of(c, "text", batch, r -> r.holder().orElse(null)));
            statement.setArray(7, Columns.of(c, "int8", batch, Row::epoch));
            statement.setArray(
                8, Columns.of(c, "timestamptz", batch, r -> Work.time(r.updatedAt())));
            statement.setArray(
                9,
                Columns.of(c, "timestamptz", batch, r -> r.dueAt().map(Work::time).orElse(null)));
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  """
                  select tenant, id, seq from conversation
                  where due_at <= ?::timestamptz
                    and (seq > 0 or updated_at > ?::timestamptz - interval '1 minute')
                  order by due_at, tenant, id limit ?
                  """)) {
            statement.setObject(1, Work.time(now));
            statement.setObject(2, Work.time(now));
            statement.setInt(3, limit);
            return due(statement);
          }
        });
  }

  /// The name of the journal has to have the order of letters of the journals' index, not that of
  /// the columns it is made of: else each conversation is looked for among all rows.
  static final String BEHIND =
      """
      select c.tenant, c.id, j.seq
      from conversation c, lateral (
        select coalesce(max(sequence_number), 0) as seq from event_journal
        where persistence_id
          = ('conversation|' || c.tenant || '.' || c.id) collate "default") j
      where c.seq < j.seq
        or (c.tenant, c.id) in (
          select tenant, conversation from open_claim where state = 'CLAIMED')
      order by c.tenant, c.id
      """;

  /// Conversations whose journal went on after their row was written, or before it ever was, and
  /// those with a claim that shows no outcome: an engine that went down had not come round to it.
  public List<Due> behind() {
    return Work.run(
        source,
        connection -> {
          try (var statement = connection.prepareStatement(BEHIND)) {
            return due(statement);
          }
        });
  }

  /// How many conversations there are, by status.
  public Map<String, Long> statuses() {
    return Work.run(
        source,
        connection -> {
          try (var statement = connection.createStatement();
              var row =
                  statement.executeQuery(
                      "select status, count(*) from conversation group by status")) {
            var statuses = new TreeMap<String, Long>();
            while (row.next()) statuses.put(row.getString(1), row.getLong(2));
            return statuses;
          }
        });
  }

  /// What should have been done by now.
  ///
  /// @param count conversations that owe something
  /// @param since when the first of them did
  /// @param claimed effects without an outcome
  public record Overdue(long count, Optional<Instant> since, long claimed) {}

  public Overdue overdue(Instant now) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  """
                  select count(*) as count, min(due_at) as since,
                    (select count(*) from open_claim where state = 'CLAIMED') as claimed
                  from conversation where due_at <= ?::timestamptz and seq > 0
                  """)) {
            statement.setObject(1, Work.time(now));
            try (var row = statement.executeQuery()) {
              row.next();
              return new Overdue(
                  row.getLong("count"), ClaimRows.time(row, "since"), row.getLong("claimed"));
            }
          }
        });
  }

  private static List<Due> due(PreparedStatement statement) throws SQLException {
    var due = new ArrayList<Due>();
    try (var row = statement.executeQuery()) {
      while (row.next()) {
        var id = new ConversationId(row.getString("tenant"), row.getString("id"));
        due.add(new Due(id, row.getLong("seq")));
      }
    }
    return due;
  }

  @Override
  public Optional<Row> find(ConversationId id) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(SELECT + "where tenant = ? and id = ?")) {
            statement.setString(1, id.tenant());
            statement.setString(2, id.id());
            return read(statement).stream().findFirst();
          }
        });
  }

  @Override
  public List<Row> page(String tenant, String after, Optional<String> status, int limit) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  SELECT
                      + "where tenant = ? and id > ? "
                      + (status.isPresent() ? "and status = ? " : "")
                      + "order by id limit ?")) {
            int p = 1;
            statement.setString(p++, tenant);
            statement.setString(p++, after);
            if (status.isPresent()) statement.setString(p++, status.get());
            statement.setInt(p, limit);
            return read(statement);
          }
        });
  }

  private static List<Row> read(PreparedStatement statement) throws SQLException {
    var found = new ArrayList<Row>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(
            new Row(
                new ConversationId(row.getString("tenant"), row.getString("id")),
                row.getString("campaign"),
                row.getLong("seq"),
                row.getString("status"),
                Optional.ofNullable(row.getString("holder")),
                row.getLong("epoch"),
                ClaimRows.time(row, "updated_at").orElseThrow(),
                ClaimRows.time(row, "due_at")));
      }
    }
    return found;
  }
}
