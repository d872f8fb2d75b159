package baton.persistence.db;

import baton.handoff.Circumstances.Standing;
import baton.handoff.port.Standings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Opt-outs and attempts as this node knows them, for all buyers of whom anything is known.
public final class PgStandings implements Standings {
  private record Buyer(String tenant, String subject) {}

  private final Map<Buyer, Standing> copy = new ConcurrentHashMap<>();
  private final Mirror.Table mirror;

  public PgStandings(Mirror mirror) {
    this.mirror =
        mirror.table("select tenant, subject, opted_out, attempts from standing", this::take);
  }

  @Override
  public Standing of(String tenant, String subject) {
    return copy.getOrDefault(new Buyer(tenant, subject), Standing.CLEAR);
  }

  /// Brings the copy up to all that was committed before the call.
  public void refresh() {
    mirror.refresh();
  }

  private void take(ResultSet rows) throws SQLException {
    while (rows.next()) {
      copy.put(
          new Buyer(rows.getString("tenant"), rows.getString("subject")),
          new Standing(rows.getBoolean("opted_out"), rows.getInt("attempts")));
    }
  }
}
