package baton.persistence.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/// The sessions of browsers that were ended early, at whatever node, as this one knows them.
public final class PgEndedSessions {
  private static final String FORGET = "delete from session_ended where until < now()";
  private static final String END =
      "insert into session_ended (mark, until) values (?, ?::timestamptz) on conflict do nothing";

  private final DataSource source;
  private final Map<String, Instant> copy = new ConcurrentHashMap<>();
  private final Mirror.Table mirror;

  public PgEndedSessions(DataSource source, Mirror mirror) {
    this.source = source;
    this.mirror = mirror.table("select mark, until from session_ended", this::take);
  }

  /// @param mark a digest of what the browser holds
  public boolean has(String mark) {
    return copy.containsKey(mark);
  }

  /// When this has returned no node takes the session for one, once it has looked. Blocks.
  ///
  /// @param now by the node's clock
  /// @param until when it would have ended by itself
  public void end(String mark, Instant now, Instant until) {
    Work.run(
        source,
        connection -> {
          try (var forget = connection.prepareStatement(FORGET);
              var statement = connection.prepareStatement(END)) {
            forget.executeUpdate();
            statement.setString(1, mark);
            statement.setObject(2, Work.time(until));
            return statement.executeUpdate();
          }
        });
    copy.values().removeIf(over -> over.isBefore(now));
    mirror.refresh();
  }

  private void take(ResultSet rows) throws SQLException {
    while (rows.next())
      copy.put(rows.getString("mark"), ClaimRows.time(rows, "until").orElseThrow());
  }
}
