package baton.persistence.db;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.port.Claims.Claim;
import baton.handoff.port.Claims.ClaimState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads rows of the table `claim`.
final class ClaimRows {
  private static final String COLUMNS =
      """
      select n, permit, tenant, conversation, campaign, role, epoch, kind, key, digest, state,
        claimed_at, settled_at, payload, outcome
      """;

  static final String SELECT = COLUMNS + "from claim ";

  /// Those that are claimed or unknown.
  static final String SELECT_OPEN = COLUMNS + "from open_claim ";

  private final Function<String, Outcome> outcome;

  /// @param outcome reads the text that an outcome is kept as
  ClaimRows(Function<String, Outcome> outcome) {
    this.outcome = outcome;
  }

  List<Claim> read(PreparedStatement statement) throws SQLException {
    var claims = new ArrayList<Claim>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) claims.add(row(rows));
    }
    return claims;
  }

  private Claim row(ResultSet row) throws SQLException {
    return new Claim(
        row.getLong("n"),
        row.getString("permit"),
        new ConversationId(row.getString("tenant"), row.getString("conversation")),
        row.getString("campaign"),
        new Role(row.getString("role")),
        row.getLong("epoch"),
        row.getString("kind"),
        row.getString("key"),
        row.getString("digest"),
        ClaimState.valueOf(row.getString("state")),
        time(row, "claimed_at").orElseThrow(),
        time(row, "settled_at"),
        row.getString("payload"),
        Optional.ofNullable(row.getString("outcome")).map(outcome));
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
