package baton.simulation.torture;

import baton.handoff.Call;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.State;
import baton.persistence.audit.Audit;
import baton.persistence.audit.Checkpoints;
import baton.persistence.db.PgJournal;
import baton.simulation.check.Checkers;
import baton.simulation.check.Violation;
import baton.simulation.history.HistoryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What must hold of that which an engine has left when all faults are over.
///
/// @param mail the folders in which letters lie that went out
record Aftermath(Database database, List<Path> mail) {
  private static final String NOTHING_OPEN =
      "select n || ' of ' || conversation || ' is ' || state from claim"
          + " where state in ('CLAIMED', 'UNKNOWN') order by n";

  /// Each is empty where no effect took place twice, or without a claim.
  private static final Map<String, String> EFFECTS =
      Map.of(
          "a key with more than one claim that may have acted",
          """
          select key from claim where state in ('CONFIRMED', 'UNKNOWN', 'CLAIMED')
          group by tenant, key having count(*) > 1
          """,
          "a conversation with more than one live appointment",
          """
          select conversation from booking where state = 'live'
          group by tenant, conversation having count(*) > 1
          """,
          "an effect without a confirmed claim",
          """
          select e.key from tool_effect e where e.outcome ->> 'type' = 'confirmed'
          and not exists (select from claim c
            where c.tenant = e.tenant and c.key = e.key and c.state = 'CONFIRMED')
          """,
          "a CRM field without a confirmed claim",
          """
          select f.key from crm_field f where not exists (select from claim c
            where c.tenant = f.tenant and c.key = f.key
            and c.kind = 'write-crm' and c.state = 'CONFIRMED')
          """);

  private static final Map<String, String> TABLES =
      Map.of("book", "booking", "quote", "quote", "take-commitment", "sales_order");

  /// What a conversation has not come to rest of, by itself.
  ///
  /// @return empty where it owes nothing and its buyer has an answer
  static List<String> unrest(Database database, Door operator, ConversationId id) {
    State state = Conversation.blank(id);
    for (var row : new PgJournal(database.source()).rows(id, 0, Integer.MAX_VALUE)) {
      state = Conversation.evolve(state, row.link().entry());
    }
    var owed =
        Conversation.outbox(state).stream().filter(call -> !(call instanceof Call.WakeAt)).toList();
    if (!owed.isEmpty()) return List.of(id.id() + " owes " + owed);
    if (!(state instanceof State.Live)) return List.of();
    return isAnswered(operator, id) ? List.of() : List.of(id.id() + " has not answered its buyer");
  }

  private static boolean isAnswered(Door operator, ConversationId id) {
    try {
      var view = operator.get("/v1/conversations/" + id.id());
      var lines = view.body().path("transcript");
      return view.status() == 200
          && !lines.isEmpty()
          && !lines.get(lines.size() - 1).path("by").asText().equals("buyer");
    } catch (UncheckedIOException away) {
      return false;
    }
  }

  List<String> openClaims() {
    return database.texts(NOTHING_OPEN).stream().map(claim -> "claim " + claim).toList();
  }

  /// Of letters that were under way when a node was killed nobody knows but who looks (ADR 15).
  void findLetters(Door operator) {
    record Letter(long claim, String name) {}
    var unknown =
        database.rows(
            "select c.n, l.letter from claim c join letter l using (tenant, key)"
                + " where c.state = 'UNKNOWN' and l.state = 'sending' order by 1",
            row -> new Letter(row.getLong(1), row.getString(2)));
    for (var letter : unknown) {
      boolean found = Recording.isIn(mail, letter.name);
      try {
        operator.attest(letter.claim, found ? "confirmed" : "failed", "looked");
      } catch (UncheckedIOException away) {
        // Asked again as long as it is unknown.
      }
    }
  }

  /// Everything that does not hold of it, each in a line.
  ///
  /// @param history has been closed
  /// @param rests whether all came to rest; else what is under way may be in one table and not yet
  ///   in the other
  List<String> violations(Path history, boolean rests) throws IOException {
    var found = new ArrayList<String>();
    check(history, found);
    if (rests) compare(found);
    audit(found);
    return found;
  }

  private void compare(List<String> found) {
    EFFECTS.forEach(
        (what, sql) -> database.texts(sql).forEach(row -> found.add(what + ": " + row)));
    TABLES.forEach((kind, table) -> {
      var claimed = counted("claim where state = 'CONFIRMED' and kind = '" + kind + "'");
      var done = counted(table);
      for (var differs : differing(claimed, done)) {
        found.add("rows in " + table + " are not those of confirmed " + kind + ": " + differs);
      }
    });
    letters(found);
  }

  /// In one reading. A checker that has found something has said enough.
  private static void check(Path history, List<String> found) throws IOException {
    var content = new ArrayList<>(Checkers.all());
    HistoryReader.read(
        history,
        occurrence ->
            content.removeIf(checker -> isViolated(() -> checker.see(occurrence), found)));
    for (var checker : content) isViolated(checker::end, found);
  }

  private static boolean isViolated(Runnable look, List<String> found) {
    try {
      look.run();
      return false;
    } catch (Violation violation) {
      found.add(violation.getMessage());
      return true;
    }
  }

  private List<String> counted(String rows) {
    return database.texts(
        "select conversation || ' ' || count(*) from " + rows + " group by conversation, tenant");
  }

  private void letters(List<String> found) {
    var confirmed =
        database.texts(
            "select l.letter || '.eml' from letter l join claim c using (tenant, key)"
                + " where c.state = 'CONFIRMED'");
    var lying = new ArrayList<String>();
    for (var folder : mail) {
      var names = folder.toFile().list((_, name) -> name.endsWith(".eml"));
      if (names != null) lying.addAll(List.of(names));
    }
    for (var differs : differing(confirmed, lying)) {
      found.add("letters are not those of confirmed invitations: " + differs);
    }
    if (lying.size() > new TreeSet<>(lying).size()) found.add("a letter lies in two folders");
  }

  private static TreeSet<String> differing(List<String> one, List<String> other) {
    var differing = new TreeSet<>(one);
    differing.addAll(other);
    var both = new TreeSet<>(one);
    both.retainAll(other);
    differing.removeAll(both);
    return differing;
  }

  private void audit(List<String> found) {
    try {
      new Audit(database.source(), Checkpoints.none(), _ -> {})
          .run()
          .differences()
          .forEach(difference -> found.add("audit: " + difference));
    } catch (SQLException unreadable) {
      found.add("audit: the database cannot be read: " + unreadable.getMessage());
    }
  }
}
