package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Call;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.State;
import baton.persistence.audit.Audit;
import baton.persistence.audit.Checkpoints;
import baton.persistence.codec.JournalCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// An engine that is killed at twenty random moments while a crowd of buyers talks with it.
class KilledEngineTest {
  private static final long SEED = Long.getLong("seed", 20);
  private static final int KILLS = 20;
  private static final int BUYERS = 12;
  private static final Duration SETTLED_MAX = Duration.ofSeconds(60);

  @Test
  void givenKillsAtAnyMoment_whenStartedAgain_thenNothingIsLostAndNothingHappensTwice() {
    try (var engine = EngineProcess.in("killed");
        var crowd = new Crowd(SEED, BUYERS)) {
      var random = new SplittableRandom(SEED);
      engine.warmedUp();
      for (int kill = 1; kill <= KILLS; kill++) {
        engine.launch();
        // Every fifth is killed while it takes up what the one before it left.
        if (kill % 5 == 0) pause(random.nextInt(1_000, 3_000));
        else work(engine, crowd, random);
        engine.kill9();
      }
      crowd.turnTo(engine.launch().ready());
      crowd.leave();
      var ledger = new Ledger(engine.database());
      settled(engine, ledger);
      System.out.printf(
          "%d kills, seed %d: %d conversations, %d messages acknowledged, %d requests sent again,"
              + " %d claims%n",
          KILLS,
          SEED,
          crowd.opened().size(),
          crowd.acknowledgedCount(),
          crowd.repeatedCount(),
          ledger.claims().size());
      assertAll(
          () -> noMessageIsLostOrTwice(crowd, ledger),
          () -> numbersHaveNoGap(ledger),
          () -> noEffectIsTwice(engine, ledger),
          () -> claimsAndOutcomesJoin(ledger),
          () -> eachProposalIsSettledAtMostOnce(ledger),
          () -> nothingWasAlteredAndEveryDecisionFollows(engine),
          () -> everyConversationGoesOn(engine, ledger));
    }
  }

  /// Until some messages were taken, and a random moment longer.
  private static void work(EngineProcess engine, Crowd crowd, SplittableRandom random) {
    crowd.turnTo(engine.ready());
    int enough = crowd.acknowledgedCount() + random.nextInt(1, 15);
    Wait.until(
        Duration.ofSeconds(30), "messages are taken", () -> crowd.acknowledgedCount() >= enough);
    pause(random.nextInt(150));
  }

  /// The kill is to come at a moment that nothing in the engine has a part in.
  private static void pause(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
  }

  private static void settled(EngineProcess engine, Ledger ledger) {
    var busy = new ArrayList<String>();
    Wait.upTo(
        SETTLED_MAX,
        () -> "everything settles; still busy: " + busy,
        () -> {
          busy.clear();
          lettersAreFound(engine, ledger);
          ledger.claims().stream()
              .filter(claim -> Set.of("CLAIMED", "UNKNOWN").contains(claim.state()))
              .forEach(claim -> busy.add(claim.permit() + " " + claim.state()));
          var api = engine.operator();
          for (var id : ledger.conversations()) {
            var state = ledger.state(id);
            if (owes(state)) busy.add(id.id() + " owes " + Conversation.outbox(state));
            else if (state instanceof State.Live && isUnanswered(api, id)) {
              busy.add(id.id() + " has not answered");
            }
          }
          return busy.isEmpty() ? java.util.Optional.of(true) : java.util.Optional.empty();
        });
  }

  /// A letter that was under way when the engine was killed waits for a person (ADR 15), who looks
  /// into the folder.
  private static void lettersAreFound(EngineProcess engine, Ledger ledger) {
    for (var letter : ledger.lettersUnknown()) {
      boolean found = Files.exists(engine.data().resolve("mail").resolve(letter.name() + ".eml"));
      engine.operator().attest(letter.claim(), found ? "confirmed" : "failed", "looked").as(200);
    }
  }

  private static boolean owes(State state) {
    return Conversation.outbox(state).stream().anyMatch(call -> !(call instanceof Call.WakeAt));
  }

  private static boolean isUnanswered(ApiClient api, ConversationId id) {
    var lines = api.view(id.id()).get("transcript");
    return lines.isEmpty() || lines.get(lines.size() - 1).get("by").asText().equals("buyer");
  }

  private static void noMessageIsLostOrTwice(Crowd crowd, Ledger ledger) {
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

  private static void numbersHaveNoGap(Ledger ledger) {
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

  private static void noEffectIsTwice(EngineProcess engine, Ledger ledger) {
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
        () -> oneRowForEachEffect(ledger, "book", "booking"),
        () -> oneRowForEachEffect(ledger, "quote", "quote"),
        () -> oneRowForEachEffect(ledger, "take-commitment", "sales_order"),
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

  private static void oneRowForEachEffect(Ledger ledger, String kind, String table) {
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
  private static void claimsAndOutcomesJoin(Ledger ledger) {
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
    assertTrue(claims.size() > KILLS, "the crowd brought about effects");
  }

  private static boolean isOutcome(Ledger.Claim claim, Event.Settled event) {
    return event != null
        && claim.outcome() != null
        && event.claim() == claim.n()
        && event.digest().equals(claim.digest())
        && event.claimedAt().equals(claim.at())
        && event.outcome().equals(JournalCodec.outcome(claim.outcome()));
  }

  private static void eachProposalIsSettledAtMostOnce(Ledger ledger) {
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

  private static void nothingWasAlteredAndEveryDecisionFollows(EngineProcess engine)
      throws SQLException {
    var report = new Audit(engine.database(), Checkpoints.none(), _ -> {}).run();
    assertEquals(List.of(), report.differences(), "found by the audit");
    assertTrue(report.claims() > KILLS, "it has read what there is");
  }

  private static void everyConversationGoesOn(EngineProcess engine, Ledger ledger) {
    var api = engine.anybody();
    var open = ledger.conversations().stream().filter(id -> isOpen(ledger, id)).toList();
    for (var id : open) {
      var token =
          api.open(id.id(), "inbound-trial", "America/Denver").as(200).get("token").asText();
      api.with(token).say(id.id(), "last", "what does it cost?").as(202);
    }
    for (var id : open) {
      Wait.until(
          Duration.ofSeconds(20),
          id.id() + " answers one more message",
          () -> !isUnanswered(engine.operator(), id));
    }
  }

  private static boolean isOpen(Ledger ledger, ConversationId id) {
    return switch (ledger.state(id)) {
      case State.Live _ -> true;
      case State.Blank _, State.Closed _ -> false;
    };
  }
}
