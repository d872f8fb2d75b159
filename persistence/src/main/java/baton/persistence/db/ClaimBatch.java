package baton.persistence.db;

import baton.handoff.port.Claims.Request;
import baton.persistence.db.Locks.Level;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Requests as the function `claim_permits` takes them: a column each.
record ClaimBatch(List<Request> requests) {
  static final String CLAIM =
      """
      select i, answer, n, at
      from claim_permits(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  void bind(PreparedStatement statement, UUID token) throws SQLException {
    var c = statement.getConnection();
    var all = requests;
    locks().bind(statement, 1);
    statement.setObject(3, token);
    statement.setArray(4, Columns.of(c, "int4", waves(), wave -> wave));
    statement.setArray(5, Columns.of(c, "text", all, r -> r.conversation().tenant()));
    statement.setArray(6, Columns.of(c, "text", all, r -> r.permit().id()));
    statement.setArray(7, Columns.of(c, "text", all, r -> r.conversation().id()));
    statement.setArray(8, Columns.of(c, "text", all, Request::campaign));
    statement.setArray(9, Columns.of(c, "text", all, Request::subject));
    statement.setArray(10, Columns.of(c, "text", all, r -> r.permit().role().name()));
    statement.setArray(11, Columns.of(c, "int8", all, r -> r.permit().epoch()));
    statement.setArray(12, Columns.of(c, "int8", all, r -> r.permit().authority()));
    statement.setArray(13, Columns.of(c, "text", all, r -> r.permit().policy()));
    statement.setArray(14, Columns.of(c, "text", all, r -> r.permit().kind()));
    statement.setArray(15, Columns.of(c, "text", all, r -> r.permit().key()));
    statement.setArray(16, Columns.of(c, "text", all, r -> r.permit().digest()));
    statement.setArray(17, Columns.of(c, "text", all, Request::payload));
    statement.setArray(
        18, Columns.of(c, "timestamptz", all, r -> Work.time(r.permit().expiresAt())));
    statement.setArray(19, Columns.of(c, "bool", all, r -> r.permit().despiteOptOut()));
    statement.setArray(20, Columns.of(c, "int4", all, r -> r.permit().attemptsMax().orElse(null)));
  }

  /// Shared on all that may stop a claim; exclusive on a buyer whose attempts are counted.
  private Locks locks() {
    var locks = new Locks().engine();
    for (var request : requests) {
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

  private static boolean isAttempt(Request request) {
    return request.permit().attemptsMax().isPresent();
  }

  /// A number for each request, so that those of one number share neither permit nor key, nor a
  /// buyer whose attempts are counted.
  private List<Integer> waves() {
    record Name(String tenant, String sort, String text) {}
    Map<Name, Integer> next = new HashMap<>();
    var waves = new ArrayList<Integer>();
    for (var request : requests) {
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
