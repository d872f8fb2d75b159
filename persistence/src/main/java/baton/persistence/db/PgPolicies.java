package baton.persistence.db;

import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Overtaken;
import baton.handoff.port.Policies;
import baton.persistence.db.Locks.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Policy documents in PostgreSQL, compiled once each.
public final class PgPolicies implements Policies {
  private static final Logger log = LoggerFactory.getLogger(PgPolicies.class);

  private record Name(String tenant, String text) {}

  private record Current(Active active, Optional<PolicyDocument> document) {}

  private final DataSource source;
  private final Function<String, PolicyDocument> compile;
  private final Map<Name, PolicyDocument> compiled = new ConcurrentHashMap<>();
  private final Map<Name, Current> copy = new ConcurrentHashMap<>();
  private final Mirror.Table mirror;

  /// @param compile a document from its canonical JSON
  public PgPolicies(DataSource source, Mirror mirror, Function<String, PolicyDocument> compile) {
    this.source = source;
    this.compile = compile;
    this.mirror =
        mirror.table(
            """
            select tenant, campaign, hash, since, operator, title, json
            from (
              select a.*, p.json, p.title
              from policy_active a join policy p using (tenant, hash)) as active
            """,
            this::take);
  }

  @Override
  public Optional<PolicyDocument> active(String tenant, String campaign) {
    return Optional.ofNullable(copy.get(new Name(tenant, campaign))).flatMap(Current::document);
  }

  @Override
  public Optional<PolicyDocument> byHash(String tenant, String hash) {
    var known = compiled.get(new Name(tenant, hash));
    return known != null
        ? Optional.of(known)
        : stored(source, tenant, hash).map(compile).map(d -> keep(tenant, d));
  }

  private PolicyDocument keep(String tenant, PolicyDocument document) {
    compiled.put(new Name(tenant, document.policy().hash()), document);
    return document;
  }

  /// A policy's canonical JSON, active or not.
  public static Optional<String> stored(DataSource source, String tenant, String hash) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  "select json from policy where tenant = ? and hash = ?")) {
            statement.setString(1, tenant);
            statement.setString(2, hash);
            try (var row = statement.executeQuery()) {
              return row.next() ? Optional.of(row.getString("json")) : Optional.empty();
            }
          }
        });
  }

  @Override
  public List<Active> active(String tenant) {
    var found = new TreeMap<String, Active>();
    copy.forEach((name, current) -> {
      if (name.tenant.equals(tenant)) found.put(name.text, current.active);
    });
    return List.copyOf(found.values());
  }

  @Override
  public Active activate(
      String tenant, PolicyDocument document, String operator, OptionalLong seen) {
    var policy = document.policy();
    Instant since =
        Work.run(
            source,
            connection -> {
              try (var statement =
                  connection.prepareStatement(
                      "select activate_policy(?, ?, ?, ?, ?, ?, ?, ?, ?) as since")) {
                new Locks().exclusive(Level.CAMPAIGN, tenant, policy.campaign()).bind(statement, 1);
                statement.setString(3, tenant);
                statement.setString(4, policy.campaign());
                statement.setString(5, policy.hash());
                statement.setString(6, policy.title());
                statement.setString(7, document.json());
                statement.setString(8, operator);
                statement.setObject(9, seen.isPresent() ? seen.getAsLong() : null, Types.BIGINT);
                try (var row = statement.executeQuery()) {
                  row.next();
                  return ClaimRows.time(row, "since").orElseThrow(Overtaken::new);
                }
              }
            });
    keep(tenant, document);
    mirror.refresh();
    return new Active(
        policy.campaign(), policy.hash(), policy.title(), since, operator, version(since));
  }

  private static long version(Instant since) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, since);
  }

  private void take(ResultSet rows) throws SQLException {
    while (rows.next()) {
      var tenant = rows.getString("tenant");
      var since = ClaimRows.time(rows, "since").orElseThrow();
      var active =
          new Active(
              rows.getString("campaign"),
              rows.getString("hash"),
              rows.getString("title"),
              since,
              rows.getString("operator"),
              version(since));
      var document = document(tenant, active, rows.getString("json"));
      copy.put(new Name(tenant, active.campaign()), new Current(active, document));
    }
  }

  /// Empty for a document that this version cannot read: its campaign has no policy here, so
  /// nothing is permitted, and the other campaigns go on.
  private Optional<PolicyDocument> document(String tenant, Active active, String json) {
    var known = compiled.get(new Name(tenant, active.hash()));
    if (known != null) return Optional.of(known);
    try {
      return Optional.of(keep(tenant, compile.apply(json)));
    } catch (RuntimeException e) {
      log.error(
          "campaign {} stands still: its policy {} cannot be read by this version of Baton",
          active.campaign(),
          active.hash());
      return Optional.empty();
    }
  }
}
