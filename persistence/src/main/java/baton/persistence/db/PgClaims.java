package baton.persistence.db;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.port.Claims;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/// The claims in PostgreSQL. Each call is one transaction in one round trip; the rules stand in the
/// functions of `V2__claims.sql`, under the locks that are chosen here.
///
/// Numbers are drawn under a lock that is held to the commit, so they become visible in their
/// order. The other way, to hide what is above the oldest writer in flight, costs nothing at the
/// claim but does not give that order: a later transaction may draw its number first. The lock is
/// the last one taken and waits for nothing but a commit; nodes that claim at the same time take
/// turns at it, and batches grow while they wait.
public final class PgClaims implements Claims {
  /// Each claim takes up to three locks of its own, and a server has room for some thousands.
  public static final int BATCH_MAX = 500;

  private static final Batch NOTHING = new Batch(List.of(), List.of(), List.of());

  private final DataSource source;
  private final Function<Outcome, String> write;
  private final ClaimRows rows;

  /// @param write an outcome as text, without personal data in the clear
  /// @param read the inverse of `write`
  public PgClaims(
      DataSource source, Function<Outcome, String> write, Function<String, Outcome> read) {
    this.source = source;
    this.write = write;
    this.rows = new ClaimRows(read);
  }

  @Override
  public List<Answer> claim(List<Request> requests) {
    return take(new Batch(List.of(), List.of(), requests));
  }

  @Override
  public void settle(List<Settlement> settlements) {
    take(new Batch(List.of(), settlements, List.of()));
  }

  @Override
  public void advance(List<Authority> authorities) {
    take(new Batch(authorities, List.of(), List.of()));
  }

  /// One transaction. Whether a commit that was not answered took place is found out by asking once
  /// more under the same token: a claim that carries it is this call's own, and is granted.
  @Override
  public List<Answer> take(Batch batch) {
    if (batch.equals(NOTHING)) return List.of();
    if (batch.requests().size() > BATCH_MAX)
      throw new IllegalArgumentException("a batch is at most " + BATCH_MAX);
    var token = UUID.randomUUID();
    try {
      return Work.run(source, connection -> take(connection, token, batch));
    } catch (Outage e) {
      if (!e.disconnected()) throw e;
      return Work.run(source, connection -> take(connection, token, batch));
    }
  }

  private List<Answer> take(Connection connection, UUID token, Batch batch) throws SQLException {
    var answers = new Answer[batch.requests().size()];
    var known = new TreeMap<Integer, Long>();
    var granted = new HashSet<Long>();
    try (var statement = connection.prepareStatement(ClaimBatch.TAKE)) {
      new ClaimBatch(batch, write).bind(statement, token);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          int i = row.getInt("i") - 1;
          long n = row.getLong("n");
          switch (row.getString("answer")) {
            case "GRANTED" -> {
              // A request that is there twice is granted once.
              if (!granted.add(n)) known.put(i, n);
              else answers[i] = new Answer.Granted(n, ClaimRows.time(row, "at").orElseThrow());
            }
            case "ALREADY" -> known.put(i, n);
            case String reason -> answers[i] = new Answer.Refused(Reason.valueOf(reason));
          }
        }
      }
    }
    if (!known.isEmpty()) {
      var claims = byNumber(connection, batch.requests(), known);
      known.forEach((i, number) -> answers[i] = new Answer.Already(claims.get(number)));
    }
    return Arrays.asList(answers);
  }

  private Map<Long, Claim> byNumber(
      Connection connection, List<Request> batch, SortedMap<Integer, Long> known)
      throws SQLException {
    var claims = new HashMap<Long, Claim>();
    var indices = List.copyOf(known.keySet());
    try (var statement =
        connection.prepareStatement(
            ClaimRows.SELECT + "where (tenant, n) in (select * from unnest(?, ?))")) {
      statement.setArray(
          1, Columns.of(connection, "text", indices, i -> batch.get(i).conversation().tenant()));
      statement.setArray(2, Columns.of(connection, "int8", indices, known::get));
      for (var claim : rows.read(statement)) claims.put(claim.n(), claim);
    }
    return claims;
  }

  @Override
  public Optional<Claim> find(String tenant, String permit) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(ClaimRows.SELECT + "where permit = ? and tenant = ?")) {
            statement.setString(1, permit);
            statement.setString(2, tenant);
            return rows.read(statement).stream().findFirst();
          }
        });
  }

  @Override
  public Optional<Claim> conclude(ConversationId conversation, String permit) {
    var locks = new Locks().exclusive(conversation);
    Work.run(
        source,
        connection -> {
          try (var statement = connection.prepareStatement("select conclude_permit(?, ?, ?, ?)")) {
            locks.bind(statement, 1);
            statement.setString(3, conversation.tenant());
            statement.setString(4, permit);
            return statement.execute();
          }
        });
    return find(conversation.tenant(), permit);
  }

  @Override
  public List<Claim> open(ConversationId conversation) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  ClaimRows.SELECT
                      + """
                      where tenant = ? and conversation = ? and state in ('CLAIMED', 'UNKNOWN')
                      order by n
                      """)) {
            statement.setString(1, conversation.tenant());
            statement.setString(2, conversation.id());
            return rows.read(statement);
          }
        });
  }

  @Override
  public List<Claim> page(String tenant, long after, Optional<String> conversation, int limit) {
    return Work.run(
        source,
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  ClaimRows.SELECT
                      + "where tenant = ? and n > ? "
                      + (conversation.isPresent() ? "and conversation = ? " : "")
                      + "order by n limit ?")) {
            int p = 1;
            statement.setString(p++, tenant);
            statement.setLong(p++, after);
            if (conversation.isPresent()) statement.setString(p++, conversation.get());
            statement.setInt(p, limit);
            return rows.read(statement);
          }
        });
  }
}
