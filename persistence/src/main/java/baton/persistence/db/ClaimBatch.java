package baton.persistence.db;

import baton.handoff.Outcome;
import baton.handoff.port.Claims.Authority;
import baton.handoff.port.Claims.Batch;
import baton.handoff.port.Claims.ClaimState;
import baton.handoff.port.Claims.Request;
import baton.handoff.port.Claims.Settlement;
import baton.persistence.db.Locks.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/// What the function `take_claims` takes: a column each.
///
/// @param write an outcome as text, without personal data in the clear
record ClaimBatch(Batch batch, Function<Outcome, String> write) {
  static final String TAKE =
      """
      select i, answer, n, at
      from take_claims(
        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  void bind(PreparedStatement statement, UUID token) throws SQLException {
    var c = statement.getConnection();
    locks().bind(statement, 1);
    bindAuthorities(c, statement);
    bindSettlements(c, statement);
    statement.setObject(12, token);
    bindRequests(c, statement);
  }

  private void bindAuthorities(Connection c, PreparedStatement statement) throws SQLException {
    var all = batch.authorities();
    statement.setArray(3, Columns.of(c, "text", all, r -> r.conversation().tenant()));
    statement.setArray(4, Columns.of(c, "text", all, r -> r.conversation().id()));
    statement.setArray(5, Columns.of(c, "text", all, Authority::subject));
    statement.setArray(6, Columns.of(c, "int8", all, Authority::authority));
    statement.setArray(7, Columns.of(c, "bool", all, Authority::optedOut));
  }

  private void bindSettlements(Connection c, PreparedStatement statement) throws SQLException {
    var all = lastWord(batch.settlements());
    statement.setArray(8, Columns.of(c, "text", all, Settlement::tenant));
    statement.setArray(9, Columns.of(c, "int8", all, Settlement::claim));
    statement.setArray(10, Columns.of(c, "text", all, s -> state(s.outcome()).name()));
    statement.setArray(11, Columns.of(c, "text", all, s -> write.apply(s.outcome())));
  }

  private void bindRequests(Connection c, PreparedStatement statement) throws SQLException {
    var all = batch.requests();
    statement.setArray(13, Columns.of(c, "int4", waves(), wave -> wave));
    statement.setArray(14, Columns.of(c, "text", all, r -> r.conversation().tenant()));
    statement.setArray(15, Columns.of(c, "text", all, r -> r.permit().id()));
    statement.setArray(16, Columns.of(c, "text", all, r -> r.conversation().id()));
    statement.setArray(17, Columns.of(c, "text", all, Request::campaign));
    statement.setArray(18, Columns.of(c, "text", all, Request::subject));
    statement.setArray(19, Columns.of(c, "text", all, r -> r.permit().role().name()));
    statement.setArray(20, Columns.of(c, "int8", all, r -> r.permit().epoch()));
    statement.setArray(21, Columns.of(c, "int8", all, r -> r.permit().authority()));
    statement.setArray(22, Columns.of(c, "text", all, r -> r.permit().policy()));
    statement.setArray(23, Columns.of(c, "text", all, r -> r.permit().kind()));
    statement.setArray(24, Columns.of(c, "text", all, r -> r.permit().key()));
    statement.setArray(25, Columns.of(c, "text", all, r -> r.permit().digest()));
    statement.setArray(26, Columns.of(c, "text", all, Request::payload));
    statement.setArray(
        27, Columns.of(c, "timestamptz", all, r -> Work.time(r.permit().expiresAt())));
    statement.setArray(28, Columns.of(c, "bool", all, r -> r.permit().despiteOptOut()));
    statement.setArray(29, Columns.of(c, "int4", all, r -> r.permit().attemptsMax().orElse(null)));
  }

  /// Exclusive on a conversation whose authority moves and a buyer who opts out. For claims: shared
  /// on all that may stop them, exclusive on a buyer whose attempts are counted.
  private Locks locks() {
    var locks = new Locks();
    for (var row : batch.authorities()) {
      locks.exclusive(row.conversation());
      if (row.optedOut()) {
        locks.exclusive(Level.SUBJECT, row.conversation().tenant(), row.subject());
      }
    }
    if (batch.requests().isEmpty()) return locks;
    locks.engine();
    for (var request : batch.requests()) {
      var tenant = request.conversation().tenant();
      locks
          .shared(Level.TENANT, tenant, "")
          .shared(Level.CAMPAIGN, tenant, request.campaign())
          .shared(Level.ROLE, tenant, request.permit().role().name())
          .shared(Level.CONVERSATION, tenant, request.conversation().id());
      if (isAttempt(request)) locks.exclusive(Level.SUBJECT, tenant, request.subject());
      else locks.shared(Level.SUBJECT, tenant, request.subject());
    }
    return locks.number("claim_n");
  }

  /// What settlements come to when they are taken one by one; by tenant and number, which is the
  /// order in which all transactions wait for each other's rows.
  private static List<Settlement> lastWord(List<Settlement> settlements) {
    record Number(String tenant, long claim) {}
    var words =
        new TreeMap<Number, Settlement>(
            Comparator.comparing(Number::tenant).thenComparing(Number::claim));
    for (var settlement : settlements) {
      words.merge(
          new Number(settlement.tenant(), settlement.claim()),
          settlement,
          (first, next) -> first.outcome() instanceof Outcome.Unknown ? next : first);
    }
    return List.copyOf(words.values());
  }

  private static ClaimState state(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Confirmed _ -> ClaimState.CONFIRMED;
      case Outcome.Failed _ -> ClaimState.FAILED;
      case Outcome.Unknown _ -> ClaimState.UNKNOWN;
    };
  }

  private static boolean isAttempt(Request request) {
    return request.permit().attemptsMax().isPresent();
  }

  /// A number for each request, so that those of one number share neither permit nor key, nor a
  /// buyer whose attempts are counted.
  private List<Integer> waves() {
    record Name(String tenant, String sort, String text) {}
    Map<Name, Integer> next = new HashMap<>();
    var waves = new ArrayList<Integer>();
    for (var request : batch.requests()) {
      var permit = request.permit();
      var tenant = request.conversation().tenant();
      var byPermit = new Name(tenant, "permit", permit.id());
      var byKey = new Name(tenant, "key", permit.key());
      var names = new ArrayList<>(List.of(byPermit, byKey));
      if (isAttempt(request)) {
        names.add(new Name(tenant, "subject", request.subject()));
      }
      int wave = names.stream().mapToInt(name -> next.getOrDefault(name, 0)).max().orElse(0);
      for (var name : names) next.put(name, wave + 1);
      waves.add(wave);
    }
    return waves;
  }
}
