package baton.runtime.view;

import baton.handoff.ConversationId;
import baton.handoff.port.Claims.ClaimState;
import baton.handoff.port.Conversations.Row;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// [Roster] in PostgreSQL.
public final class PgRoster implements Roster {
  private final DataSource database;

  public PgRoster(DataSource database) {
    this.database = database;
  }

  @Override
  public List<Row> page(String tenant, Wanted wanted, Optional<Place> after, int limit) {
    var sql =
        new StringBuilder(
            """
            SELECT id, campaign, seq, status, holder, epoch, updated_at FROM conversation
            WHERE tenant = ? AND seq > 0\
            """);
    var values = new ArrayList<Object>(List.of(tenant));
    wanted
        .status()
        .ifPresent(status -> {
          sql.append(" AND status = ?");
          values.add(status);
        });
    wanted
        .campaign()
        .ifPresent(campaign -> {
          sql.append(" AND campaign = ?");
          values.add(campaign);
        });
    wanted
        .holder()
        .ifPresent(holder -> {
          sql.append(" AND coalesce(holder, 'nobody') = ? AND status <> 'closed'");
          values.add(holder);
        });
    after.ifPresent(place -> {
      sql.append(" AND (updated_at, id) < (?, ?)");
      values.add(Timestamp.from(place.updatedAt()));
      values.add(place.id());
    });
    sql.append(" ORDER BY updated_at DESC, id DESC LIMIT ?");
    values.add(limit);
    return read(
        sql.toString(),
        values,
        row ->
            new Row(
                new ConversationId(tenant, row.getString("id")),
                row.getString("campaign"),
                row.getLong("seq"),
                row.getString("status"),
                Optional.ofNullable(row.getString("holder")),
                row.getLong("epoch"),
                row.getTimestamp("updated_at").toInstant(),
                Optional.empty()));
  }

  @Override
  public List<Held> held(String tenant) {
    return read(
        """
        SELECT status, coalesce(holder, '') AS holder, count(*) AS count FROM conversation
        WHERE tenant = ? AND seq > 0 AND status <> 'closed'
        GROUP BY 1, 2 ORDER BY 1, 2\
        """,
        List.of(tenant),
        row -> new Held(row.getString("status"), row.getString("holder"), row.getLong("count")));
  }

  @Override
  public List<Unfinished> unfinished(String tenant, int limit) {
    return read(
        """
        SELECT conversation, role, kind, state, claimed_at FROM open_claim
        WHERE tenant = ? ORDER BY n LIMIT ?\
        """,
        List.of(tenant, limit),
        row ->
            new Unfinished(
                new ConversationId(tenant, row.getString("conversation")),
                row.getString("role"),
                row.getString("kind"),
                ClaimState.valueOf(row.getString("state")),
                row.getTimestamp("claimed_at").toInstant()));
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> read(String sql, List<Object> values, Reader<T> reader) {
    try (var connection = database.getConnection();
        var select = connection.prepareStatement(sql)) {
      bind(select, values);
      var found = new ArrayList<T>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) found.add(reader.read(rows));
      }
      if (!connection.getAutoCommit()) connection.commit();
      return found;
    } catch (SQLException outage) {
      throw new IllegalStateException("the list of conversations cannot be read", outage);
    }
  }

  private static void bind(PreparedStatement select, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) select.setObject(i + 1, values.get(i));
  }
}
