package baton.runtime.view;

import baton.handoff.ConversationId;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// [OpenApprovals] in PostgreSQL.
public final class PgOpenApprovals implements OpenApprovals {
  private final DataSource database;

  public PgOpenApprovals(DataSource database) {
    this.database = database;
  }

  @Override
  public void opened(ConversationId conversation, long seq, Instant expiresAt) {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO approval_open (tenant, conversation, seq, expires_at)
                VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING\
                """)) {
      insert.setString(1, conversation.tenant());
      insert.setString(2, conversation.id());
      insert.setLong(3, seq);
      insert.setTimestamp(4, Timestamp.from(expiresAt));
      insert.executeUpdate();
      if (!connection.getAutoCommit()) connection.commit();
    } catch (SQLException outage) {
      throw new IllegalStateException("the list of open approvals cannot be written", outage);
    }
  }

  @Override
  public void ended(ConversationId conversation, long seq) {
    try (var connection = database.getConnection();
        var delete =
            connection.prepareStatement(
                "DELETE FROM approval_open WHERE tenant = ? AND conversation = ? AND seq = ?")) {
      delete.setString(1, conversation.tenant());
      delete.setString(2, conversation.id());
      delete.setLong(3, seq);
      delete.executeUpdate();
      if (!connection.getAutoCommit()) connection.commit();
    } catch (SQLException outage) {
      throw new IllegalStateException("the list of open approvals cannot be written", outage);
    }
  }

  @Override
  public List<Row> open(String tenant, int limit) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                """
                SELECT conversation, seq, expires_at FROM approval_open
                WHERE tenant = ? ORDER BY expires_at, conversation, seq LIMIT ?\
                """)) {
      select.setString(1, tenant);
      select.setInt(2, limit);
      var rows = new ArrayList<Row>();
      try (var found = select.executeQuery()) {
        while (found.next()) {
          rows.add(
              new Row(
                  new ConversationId(tenant, found.getString(1)),
                  found.getLong(2),
                  found.getTimestamp(3).toInstant()));
        }
      }
      if (!connection.getAutoCommit()) connection.commit();
      return rows;
    } catch (SQLException outage) {
      throw new IllegalStateException("the list of open approvals cannot be read", outage);
    }
  }
}
