package baton.runtime.pages.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.port.Policies;
import baton.persistence.policy.PolicyCompiler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A policy for reading holds every clause once.
class PolicyBookTest {
  @Test
  void everyClauseOfTheSamplesIsInTheBookOnceWithOwnerAndReason() {
    for (var campaign : List.of("inbound-trial", "outbound-appointments")) {
      var document = PolicyCompiler.sample(campaign).orThrow();
      var active =
          new Policies.Active(campaign, document.policy().hash(), "", Instant.EPOCH, "operator", 1);
      var ids = new ArrayList<String>();
      for (var chapter : PolicyBook.of(document.policy(), active).chapters()) {
        for (var clause : chapter.clauses()) {
          ids.add(clause.id());
          assertFalse(clause.owner().isBlank(), clause.id());
          assertFalse(clause.reason().isBlank(), clause.id());
          assertFalse(clause.says().isEmpty(), clause.id());
        }
      }
      assertEquals(new HashSet<>(ids).size(), ids.size(), "no clause twice in " + campaign);
      // Whatever a decision may name must be found: the document names its clauses by these.
      var rights = Pattern.compile("\"id\":\"((?:right|autonomy|disclose|consent)[.][^\"]+)\"");
      rights
          .matcher(document.json())
          .results()
          .map(found -> found.group(1))
          .forEach(id -> assertTrue(ids.contains(id), campaign + " lacks " + id));
    }
  }

  @Test
  void whatSeveralLinesSayAlikeIsSaidOnce() {
    assertEquals(
        List.of("Booking may: book, cancel"),
        PolicyBook.together(List.of("Booking may: book", "Booking may: cancel")));
    assertEquals(
        List.of("Book, Cancel: within the other clauses"),
        PolicyBook.together(
            List.of("Book: within the other clauses", "Cancel: within the other clauses")));
    assertEquals(List.of("“One: two”"), PolicyBook.together(List.of("“One: two”")));
  }
}
