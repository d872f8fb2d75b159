package baton.simulation.torture;

import baton.handoff.Call;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Lease;
import baton.handoff.State;
import baton.persistence.db.PgJournal;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What an engine has to come to by itself once all faults are over: it owes nothing, every buyer
/// has an answer, and no claim is open.
///
/// @param mail the folders in which letters lie that went out
/// @param operator who says what became of letters that were under way
record Rest(Database database, List<Path> mail, Door operator) {
  private static final String NOTHING_OPEN =
      "select n || ' of ' || conversation || ' is ' || state from claim"
          + " where state in ('CLAIMED', 'UNKNOWN') order by n";

  /// @return what is not at rest after that time, each in a line; empty where all is
  List<String> awaited(Duration max) {
    var busy = new ArrayList<ConversationId>(database.conversations());
    var unrest = new ArrayList<String>();
    Await.until(
        max,
        () -> {
          unrest.clear();
          findLetters();
          busy.removeIf(id -> {
            var of = unrest(id);
            unrest.addAll(of);
            return of.isEmpty();
          });
          unrest.addAll(openClaims());
          return unrest.isEmpty();
        });
    return unrest;
  }

  /// What a conversation has not come to rest of, by itself.
  ///
  /// @return empty where it owes nothing and its buyer has an answer
  private List<String> unrest(ConversationId id) {
    State state = Conversation.blank(id);
    for (var row : new PgJournal(database.source()).rows(id, 0, Integer.MAX_VALUE)) {
      state = Conversation.evolve(state, row.link().entry());
    }
    var owed =
        Conversation.outbox(state).stream().filter(call -> !(call instanceof Call.WakeAt)).toList();
    if (!owed.isEmpty()) return List.of(id.id() + " owes " + owed);
    // Whom a person has taken over, a person answers.
    if (!(state instanceof State.Live live) || live.lease() instanceof Lease.WithHuman) {
      return List.of();
    }
    return isAnswered(id) ? List.of() : List.of(id.id() + " has not answered its buyer");
  }

  private boolean isAnswered(ConversationId id) {
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

  private List<String> openClaims() {
    return database.texts(NOTHING_OPEN).stream().map(claim -> "claim " + claim).toList();
  }

  /// Of letters that were under way when a node was killed nobody knows but who looks (ADR 15).
  private void findLetters() {
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
}
