package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Lease;
import baton.handoff.Proposal;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import baton.handoff.gate.Inquiry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Custom conditions read names, numbers and states of an inquiry, never personal text.
class CelConditionsTest {
  private static final Instant NOW = Instant.parse("2025-11-20T22:30:00Z");
  private static final Sealed SECRET = new Sealed("s-1", "name", "0a1b2c", "Y2lwaGVy");
  private static final Action CONCEDE = new Action.Concede("q-1", 15);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "action.kind == \"concede\" && action.percent > 10",
        "action.percent == 15 && action.quote == \"q-1\"",
        "facts.seats > 200 && facts.product == \"team\"",
        "facts[\"quote.total\"] >= 500000",
        "!has(facts.stale) && !has(facts.claimed)",
        "facts.name == \"sealed\"",
        "consents.contact == \"granted\" && !(\"recording\" in consents)",
        "counters.turns == 7 && counters[\"kind:book\"] == 1",
        "role == \"closing\" && channel == \"chat\"",
        "segment == \"small\" && region == \"US-FL\"",
        "hour == 17",
        "confidence == 0",
        "facts.product.matches(\"^te.m$\")"
      })
  void theConditionHolds(String expression) {
    assertTrue(CelConditions.compile(expression).holds(inquiry(CONCEDE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"facts.seats < 5", "hour < 9", "role != \"closing\"", "false"})
  void theConditionDoesNotHold(String expression) {
    assertFalse(CelConditions.compile(expression).holds(inquiry(CONCEDE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"facts.nothing > 5", "facts.product > 5", "1 / (facts.seats - facts.seats) > 0"})
  void whatCannotBeWorkedOutThrowsWithoutAnyValueInItsMessage(String expression) {
    var condition = CelConditions.compile(expression);
    var failure =
        assertThrows(IllegalStateException.class, () -> condition.holds(inquiry(CONCEDE)));
    assertTrue(failure.getMessage().matches("not evaluated: [A-Z_]+"), failure.getMessage());
    assertEquals(null, failure.getCause());
  }

  @Test
  void theBuyersOwnWordOnTheZoneGoesBeforeTheCallers() {
    var facts = new TreeMap<>(facts());
    facts.put("time-zone", fact(Value.of("Europe/Berlin"), NOW.plusSeconds(60)));
    assertTrue(CelConditions.compile("hour == 23").holds(inquiry(CONCEDE, facts)));
  }

  @ParameterizedTest
  @MethodSource
  void noActionShowsAnyPersonalText(Action action) {
    var condition = CelConditions.compile("string(action.kind) == \"" + action.kind() + "\"");
    assertTrue(condition.holds(inquiry(action)));
    var seen = InquiryView.of(inquiry(action), "action").orElseThrow().toString();
    assertFalse(seen.contains(SECRET.ciphertext()) || seen.contains(SECRET.digest()), seen);
  }

  static Stream<Action> noActionShowsAnyPersonalText() {
    var words = new Words.Own(SECRET, List.of());
    return Stream.of(
        new Action.Speak(words, ""),
        new Action.Disclose("ai", words),
        new Action.AskConsent("contact", words),
        new Action.RaiseUrgency(words),
        new Action.RequestCommitment("q-1", words),
        new Action.InitiateContact("chat"),
        new Action.FindSlots(NOW, NOW.plusSeconds(60), "Europe/Berlin", Optional.empty()),
        new Action.Book("s1", NOW, "Europe/Berlin"),
        new Action.Reschedule("b1", "s1", NOW, "Europe/Berlin"),
        new Action.Cancel("b1"),
        new Action.TransferToHuman("asked"),
        new Action.Quote("team", 5),
        new Action.TakeCommitment("q-1", new Money("USD", 5)),
        new Action.WriteCrm(Map.of("name", Value.of(SECRET))),
        new Action.SendMessage("chat", words),
        new Action.Record("chat"),
        new Action.UseTool("lookup", Map.of("who", Value.of(SECRET))),
        new Action.InterpretConsent("contact", Consent.State.GRANTED, 1),
        new Action.RequestHandOff(Role.HUMAN, "asked"),
        new Action.ScheduleFollowUp(NOW, "chat"),
        new Action.Escalate("asked"),
        new Action.Close("done"));
  }

  @Test
  void aConditionIsBoundedInLengthAndDepth() {
    var tooLong = "hour > 1" + " || hour > 1".repeat(100);
    var tooDeep = "(".repeat(200) + "hour > 1" + ")".repeat(200);
    assertTrue(CelConditions.problem(tooLong).isPresent());
    assertTrue(CelConditions.problem(tooDeep).isPresent());
  }

  @Test
  void twoCompilationsOfOneExpressionAreEqual() {
    assertEquals(CelConditions.compile("hour > 1"), CelConditions.compile("hour > 1"));
    assertEquals("hour > 1", CelConditions.compile("hour > 1").toString());
  }

  private static Inquiry inquiry(Action action) {
    return inquiry(action, facts());
  }

  private static TreeMap<String, Fact> facts() {
    var later = NOW.plusSeconds(60);
    return new TreeMap<>(
        Map.of(
            "seats", fact(Value.of(250), later),
            "product", fact(Value.of("team"), later),
            "quote.total", fact(Value.of(new Money("USD", 625_000)), later),
            "name", fact(Value.of(SECRET), later),
            "stale", fact(Value.of("old"), NOW),
            "claimed", new Fact(Value.of("so"), Fact.Source.AGENT, 3, 90, NOW, later)));
  }

  private static Fact fact(Value value, Instant freshUntil) {
    return new Fact(value, Fact.Source.BUYER, 3, 90, NOW.minusSeconds(60), freshUntil);
  }

  private static Inquiry inquiry(Action action, TreeMap<String, Fact> facts) {
    var buyer =
        new Command.Buyer(
            "s-1",
            "b",
            SECRET,
            Optional.empty(),
            Optional.empty(),
            "America/New_York",
            "US-FL",
            "small");
    var known =
        new State.Known(
            facts,
            new TreeMap<>(Map.of("contact", new Consent(Consent.State.GRANTED, NOW, 3))),
            new TreeMap<>(),
            "",
            Optional.empty(),
            List.of(),
            false,
            Optional.empty());
    var work =
        new State.Work(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            Optional.empty(),
            Optional.empty());
    var counted =
        new State.Counted(new TreeMap<>(Map.of("turns", 7L, "kind:book", 1L)), new TreeMap<>());
    var policy = Smallest.compile(Smallest.YAML).orThrow().policy();
    var state =
        new State.Live(
            new ConversationId("default", "c1"),
            new State.Opening("questions", "chat", buyer, NOW.minusSeconds(600)),
            9,
            4,
            policy.hash(),
            new Lease.Held(Role.CLOSING, 3),
            known,
            work,
            counted);
    var now =
        new Circumstances(
            NOW,
            Circumstances.Control.RUNNING,
            Circumstances.Standing.CLEAR,
            0,
            policy.hash(),
            new Circumstances.Versions(1, "questions-en-1", "2025b"));
    var digest = Canonical.digest(action);
    var proposal = new Proposal(9, Role.CLOSING, 3, action, digest, 0, 0, Proposal.Stage.QUEUED);
    return new Inquiry(policy, state, proposal, now, Optional.empty());
  }
}
