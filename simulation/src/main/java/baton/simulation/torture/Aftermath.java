package baton.simulation.torture;

import baton.persistence.audit.Audit;
import baton.persistence.audit.Checkpoints;
import baton.simulation.check.Checkers;
import baton.simulation.check.Violation;
import baton.simulation.history.HistoryReader;
import java.io.IOException;
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
