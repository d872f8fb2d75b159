package baton.simulation.engine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.State;
import baton.persistence.audit.Audit;
import baton.persistence.audit.Checkpoints;
import baton.persistence.codec.JournalCodec;
import baton.runtime.engine.ApiClient;
import baton.runtime.engine.EngineProcess;
import baton.runtime.engine.Ledger;
import baton.runtime.engine.Wait;
import baton.simulation.torture.Crowd;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What must hold of that which an engine has left that was killed and has come to rest.
record Aftermath(EngineProcess engine, Ledger ledger, String campaign, int kills) {
  void noMessageIsLostOrTwice(Crowd crowd) {
    var heard = new HashMap<String, Integer>();
    for (var id : ledger.conversations()) {
      for (var numbered : ledger.events(id)) {
        if (numbered.event() instanceof Event.Heard event) {
          heard.merge(id.id() + " " + event.message(), 1, Integer::sum);
        }
      }
    }
    var lost =
        crowd.acknowledged().stream()
            .map(message -> message.conversation() + " " + message.message())
            .filter(message -> !heard.containsKey(message))
            .toList();
    assertEquals(List.of(), lost, "acknowledged, yet not in the journal");
    heard.values().removeIf(times -> times == 1);
    assertEquals(Map.of(), heard, "more than once in the journal");
    var journaled = ledger.conversations().stream().map(ConversationId::id).toList();
    assertTrue(journaled.containsAll(crowd.opened()), "opened, yet without a journal");
  }

  void numbersHaveNoGap() {
    var wrong = new ArrayList<String>();
    for (var id : ledger.conversations()) {
      long next = 1;
      for (var entry : ledger.entries(id)) {
        if (entry.first() != next) wrong.add(id.id() + ": " + entry.first() + " after " + next);
        next = entry.last() + 1;
      }
    }
    assertEquals(List.of(), wrong, "events are numbered 1, 2, 3 and so on");
  }

  void noEffectIsTwice() {
    assertAll(
        () ->
            assertEquals(
                List.of(),
                ledger.texts(
                    "select key from claim where state in ('CONFIRMED', 'UNKNOWN', 'CLAIMED')"
                        + " group by tenant, key having count(*) > 1"),
                "keys with more than one claim that may have acted"),
        () ->
            assertEquals(
                List.of(),
                ledger.texts(
                    "select conversation from booking where state = 'live'"
                        + " group by tenant, conversation having count(*) > 1"),
                "conversations with more than one live appointment"),
        () -> oneRowForEachEffect("book", "booking"),
        () -> oneRowForEachEffect("quote", "quote"),
        () -> oneRowForEachEffect("take-commitment", "sales_order"),
        () ->
            assertEquals(
                List.of(),
                ledger.texts(
                    "select e.key from tool_effect e where e.outcome ->> 'type' = 'confirmed'"
                        + " and not exists (select from claim c where c.tenant = e.tenant"
                        + " and c.key = e.key and c.state = 'CONFIRMED')"),
                "effects without a confirmed claim"),
        () ->
            assertEquals(
                List.of(),
                ledger.texts(
                    "select f.key from crm_field f where not exists (select from claim c"
                        + " where c.tenant = f.tenant and c.key = f.key"
                        + " and c.kind = 'write-crm' and c.state = 'CONFIRMED')"),
                "CRM fields without a confirmed claim"),
        () ->
            assertEquals(
                ledger.texts(
                    "select l.letter || '.eml' from letter l join claim c using (tenant, key)"
                        + " where c.state = 'CONFIRMED' order by 1"),
                lettersIn(engine.data().resolve("mail")),
                "a letter for each confirmed invitation"));
  }

  private static List<String> lettersIn(Path folder) {
    var names = folder.toFile().list((_, name) -> name.endsWith(".eml"));
    return names == null ? List.of() : Stream.of(names).sorted().toList();
  }

  private void oneRowForEachEffect(String kind, String table) {
    assertEquals(
        ledger.texts(
            "select conversation || ' ' || count(*) from claim where kind = '"
                + kind
                + "' and state = 'CONFIRMED' group by conversation, tenant order by 1"),
        ledger.texts(
            "select conversation || ' ' || count(*) from "
                + table
                + " group by conversation, tenant order by 1"),
        "rows in " + table + " for each confirmed " + kind);
  }

  /// By the claim's number: a permit may be concluded by the claim of an earlier one that has its
  /// key.
  void claimsAndOutcomesJoin() {
    var settled = new TreeMap<Long, Event.Settled>();
    var lapsed = new ArrayList<String>();
    for (var id : ledger.conversations()) {
      for (var numbered : ledger.events(id)) {
        if (numbered.event() instanceof Event.Settled event) settled.put(event.claim(), event);
        if (numbered.event() instanceof Event.Lapsed event) lapsed.add(event.permit());
      }
    }
    var wrong = new ArrayList<String>();
    var claims = ledger.claims();
    claims.stream()
        .filter(claim -> !isOutcome(claim, settled.get(claim.n())))
        .forEach(claim -> wrong.add(claim + " is told as " + settled.get(claim.n())));
    var numbers = claims.stream().map(Ledger.Claim::n).collect(Collectors.toSet());
    settled.values().stream()
        .filter(event -> !numbers.contains(event.claim()))
        .forEach(event -> wrong.add("no claim for the outcome of " + event.permit()));
    claims.stream()
        .filter(claim -> lapsed.contains(claim.permit()) && claim.state().equals("CONFIRMED"))
        .forEach(claim -> wrong.add(claim.permit() + " took place though it lapsed"));
    assertEquals(List.of(), wrong, "claims and outcomes that do not join");
    assertTrue(claims.size() > kills, "the crowd brought about effects");
  }

  private static boolean isOutcome(Ledger.Claim claim, Event.Settled event) {
    return event != null
        && claim.outcome() != null
        && event.claim() == claim.n()
        && event.digest().equals(claim.digest())
        && event.claimedAt().equals(claim.at())
        && event.outcome().equals(JournalCodec.outcome(claim.outcome()));
  }

  void eachProposalIsSettledAtMostOnce() {
    var wrong = new ArrayList<String>();
    for (var id : ledger.conversations()) {
      var confirmed = new HashMap<Long, Integer>();
      for (var numbered : ledger.events(id)) {
        if (numbered.event() instanceof Event.Settled event
            && event.outcome() instanceof Outcome.Confirmed) {
          confirmed.merge(event.proposal(), 1, Integer::sum);
        }
      }
      confirmed.forEach((proposal, times) -> {
        if (times > 1) wrong.add(id.id() + ", proposal " + proposal + ": " + times + " times");
      });
    }
    assertEquals(List.of(), wrong, "proposals that took place more than once");
  }

  void nothingWasAlteredAndEveryDecisionFollows() throws SQLException {
    var report = new Audit(engine.database(), Checkpoints.none(), _ -> {}).run();
    assertEquals(List.of(), report.differences(), "found by the audit");
    assertTrue(report.claims() > kills, "it has read what there is");
  }

  void everyConversationGoesOn() {
    var api = engine.anybody();
    var open = ledger.conversations().stream().filter(id -> isOpen(id)).toList();
    for (var id : open) {
      var token = api.open(id.id(), campaign, "America/Denver").as(200).get("token").asText();
      api.with(token).say(id.id(), "last", "what does it cost?").as(202);
    }
    for (var id : open) {
      Wait.until(
          Duration.ofSeconds(20),
          id.id() + " answers one more message",
          () -> !isUnanswered(engine.operator(), id));
    }
  }

  private boolean isOpen(ConversationId id) {
    return switch (ledger.state(id)) {
      case State.Live _ -> true;
      case State.Blank _, State.Closed _ -> false;
    };
  }

  static boolean isUnanswered(ApiClient api, ConversationId id) {
    var lines = api.view(id.id()).get("transcript");
    return lines.isEmpty() || lines.get(lines.size() - 1).get("by").asText().equals("buyer");
  }
}
