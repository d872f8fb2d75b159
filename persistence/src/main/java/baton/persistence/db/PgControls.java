package baton.persistence.db;

import baton.handoff.Circumstances.Control;
import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.port.Claims.Claim;
import baton.handoff.port.Controls;
import baton.handoff.port.Overtaken;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.sql.DataSource;

/// Pause and resume in PostgreSQL.
public final class PgControls implements Controls {
  private static final Comparator<Row> WIDEST_FIRST =
      Comparator.comparing((Row row) -> row.scope().level())
          .thenComparing(row -> row.scope().name());

  private final DataSource source;
  private final ClaimRows claims;
  private final Mirror.Table mirror;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Copy copy = new Copy(Map.of(), 0);

  /// @param outcome reads the text that an outcome is kept as
  public PgControls(DataSource source, Mirror mirror, Function<String, Outcome> outcome) {
    this.source = source;
    this.claims = new ClaimRows(outcome);
    this.mirror =
        mirror.table(
            "select tenant, level, name, mode, reason, operator, at, version from control",
            this::take);
  }

  /// Calls `listener` after each change that this node learns of, on the thread that learnt of it.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// The change is committed first, and what is in flight is listed after it: nobody waits for the
  /// list, and no claim can be made after it was read.
  @Override
  public Change set(
      String tenant, Scope scope, Mode mode, String reason, String operator, OptionalLong seen) {
    Row row =
        Work.run(
                source,
                connection -> write(connection, tenant, scope, mode, reason, operator, seen))
            .orElseThrow(Overtaken::new);
    var inFlight =
        mode == Mode.PAUSED
            ? Work.run(source, connection -> inFlight(connection, tenant, scope))
            : List.<Claim>of();
    mirror.refresh();
    return new Change(row, inFlight);
  }

  private static Optional<Row> write(
      Connection connection,
      String tenant,
      Scope scope,
      Mode mode,
      String reason,
      String operator,
      OptionalLong seen)
      throws SQLException {
    try (var statement =
        connection.prepareStatement("select * from set_control(?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      // Numbered under a lock, or a node could hold a newer state under an older version.
      new Locks().exclusive(tenant, scope).number("control_version").bind(statement, 1);
      statement.setString(3, owner(tenant, scope));
      statement.setString(4, scope.level().name());
      statement.setString(5, scope.name());
      statement.setString(6, mode.name());
      statement.setString(7, reason);
      statement.setString(8, operator);
      statement.setObject(9, seen.isPresent() ? seen.getAsLong() : null, Types.BIGINT);
      try (var row = statement.executeQuery()) {
        if (!row.next()) return Optional.empty();
        Instant at = ClaimRows.time(row, "at").orElseThrow();
        return Optional.of(new Row(scope, mode, reason, operator, at, row.getLong("version")));
      }
    }
  }

  private List<Claim> inFlight(Connection connection, String tenant, Scope scope)
      throws SQLException {
    var within =
        switch (scope.level()) {
          case ENGINE -> "? = '' and ? = ''";
          case TENANT -> "tenant = ? and tenant = ?";
          case CAMPAIGN -> "tenant = ? and campaign = ?";
          case ROLE -> "tenant = ? and role = ?";
          case CONVERSATION -> "tenant = ? and conversation = ?";
        };
    try (var statement =
        connection.prepareStatement(ClaimRows.SELECT_OPEN + "where " + within + " order by n")) {
      statement.setString(1, owner(tenant, scope));
      statement.setString(2, scope.name());
      return claims.read(statement);
    }
  }

  private static String owner(String tenant, Scope scope) {
    return switch (scope.level()) {
      case ENGINE -> "";
      case TENANT -> scope.name();
      case CAMPAIGN, ROLE, CONVERSATION -> tenant;
    };
  }

  @Override
  public List<Row> all(String tenant) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  """
                  select level, name, mode, reason, operator, at, version
                  from control where tenant in ('', ?)
                  """)) {
            statement.setString(1, tenant);
            var found = new ArrayList<Row>();
            try (var rows = statement.executeQuery()) {
              while (rows.next()) found.add(row(rows));
            }
            found.sort(WIDEST_FIRST);
            return List.copyOf(found);
          }
        });
  }

  @Override
  public Control effective(ConversationId conversation, String campaign, Role role) {
    var tenant = conversation.tenant();
    var now = copy;
    var covering =
        List.of(
            new Scope(Scope.Level.ENGINE, ""),
            new Scope(Scope.Level.TENANT, tenant),
            new Scope(Scope.Level.CAMPAIGN, campaign),
            new Scope(Scope.Level.ROLE, role.name()),
            new Scope(Scope.Level.CONVERSATION, conversation.id()));
    for (var scope : covering) {
      var row = now.rows.get(new Place(owner(tenant, scope), scope));
      if (row != null && row.mode() == Mode.PAUSED) {
        return new Control(false, scope.toString(), now.version);
      }
    }
    return new Control(true, "", now.version);
  }

  private void take(ResultSet rows) throws SQLException {
    var before = copy;
    Map<Place, Row> next = new TreeMap<>(before.rows);
    long version = before.version;
    while (rows.next()) {
      var row = row(rows);
      next.put(new Place(rows.getString("tenant"), row.scope()), row);
      version = Math.max(version, row.version());
    }
    if (version == before.version) return;
    copy = new Copy(next, version);
    for (var listener : listeners) listener.run();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        new Scope(Scope.Level.valueOf(row.getString("level")), row.getString("name")),
        Mode.valueOf(row.getString("mode")),
        row.getString("reason"),
        row.getString("operator"),
        ClaimRows.time(row, "at").orElseThrow(),
        row.getLong("version"));
  }

  private record Copy(Map<Place, Row> rows, long version) {}

  private record Place(String tenant, Scope scope) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return Comparator.comparing(Place::tenant)
          .thenComparing(place -> place.scope().level())
          .thenComparing(place -> place.scope().name())
          .compare(this, other);
    }
  }
}
