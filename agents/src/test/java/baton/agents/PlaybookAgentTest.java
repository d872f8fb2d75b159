package baton.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Playbook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlaybookAgentTest {
  private static final Optional<Sealed> WORDS =
      Optional.of(new Sealed("s", "transcript", "d", "words"));
  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
  private static final Prompt HEARD = heard("", "yes");
  private static final SortedMap<String, String> NO_NOTES = new TreeMap<>();

  private final SortedMap<String, Fact> facts = new TreeMap<>();

  @Test
  void givenSeveralRulesThatFitTheFirstIsTaken() {
    var agent =
        agent(
            rule("not", List.of("started"), speak("not this")),
            rule("one", List.of("heard", "signal:yes"), speak("one")),
            rule("two", List.of("heard"), speak("two")));
    assertEquals(List.of("one"), said(agent, HEARD));
  }

  @Test
  void givenABlankThatCannotBeFilledTheRuleIsPassedOver() {
    var agent =
        agent(
            rule("blank", List.of("heard"), speak("It costs {quote.total}.")),
            rule("plain", List.of("heard"), speak("I do not know yet.")));
    assertEquals(List.of("I do not know yet."), said(agent, HEARD));
  }

  @Test
  void givenAStaleFactItIsNotKnown() {
    var stale = new Fact(Value.of(12), Fact.Source.BUYER, 1, 90, NOW, NOW);
    facts.put("seats", stale);
    var agent =
        agent(
            rule("known", List.of("fact:seats"), speak("{seats}")),
            rule("unknown", List.of("!fact:seats"), speak("none")));
    assertEquals(List.of("none"), said(agent, HEARD));
  }

  /// A fact alone goes on as it is; what is put together from facts may be personal.
  @Test
  void givenAToolItsArgumentsAreFactsOrSealed() {
    var email = Value.of(new Sealed("s", "identity", "d", "ada@example.com"));
    var later = NOW.plusSeconds(60);
    facts.put("seats", new Fact(Value.of(12), Fact.Source.BUYER, 1, 90, NOW, later));
    facts.put("email", new Fact(email, Fact.Source.BUYER, 1, 90, NOW, later));
    var agent =
        agent(
            rule(
                "order",
                List.of("heard"),
                line(
                    "action", "tool:parcel",
                    "count", "{seats}",
                    "to", "{email}",
                    "note", "for {email}",
                    "size", "small")));
    assertEquals(
        List.of(
            new Action.UseTool(
                "parcel",
                Map.of(
                    "count", Value.of(12),
                    "to", email,
                    "note", Value.of(new Sealed("s", "transcript", "d", "for ada@example.com")),
                    "size", Value.of("small")))),
        agent.think(briefing(HEARD), NO_NOTES, desk()).actions());
  }

  @Test
  void givenARefusalTheSameRuleIsNotTakenAgainBeforeTheBuyerIsHeard() {
    var agent =
        agent(
            rule("ask", List.of(), speak("first way")),
            rule("else", List.of(), speak("other way")));
    var first = agent.think(briefing(HEARD), NO_NOTES, desk());
    var refused = new Prompt.Refused(1, "speak", Verdict.DENY, List.of());
    var second = agent.think(briefing(refused), first.notes(), desk());
    var third = agent.think(briefing(refused), second.notes(), desk());
    var heardAgain = agent.think(briefing(HEARD), third.notes(), desk());
    assertEquals(List.of("first way"), texts(first));
    assertEquals(List.of("other way"), texts(second));
    assertEquals(List.of(), texts(third));
    assertEquals(List.of("first way"), texts(heardAgain));
  }

  @Test
  void givenGoOnTheNextRuleAddsWhatFitsAndSeesTheConsentThatWasRead() {
    var read =
        line(
            "action",
            "interpret-consent",
            "purpose",
            "contact",
            "state",
            "granted",
            "go-on",
            "yes");
    var agent =
        agent(
            rule("read", List.of("heard"), read),
            rule("unknown", List.of("consent:contact=unknown"), speak("still unknown")),
            rule("granted", List.of("consent:contact=granted"), speak("granted")));
    var thought = agent.think(briefing(HEARD), NO_NOTES, desk());
    assertEquals(
        new Action.InterpretConsent("contact", Consent.State.GRANTED, 7),
        thought.actions().getFirst());
    assertEquals(List.of("granted"), texts(thought));
  }

  @Test
  void timesAndMoneyAreShownAsTheBuyerReadsThem() {
    know("booking.start", Value.of(Instant.parse("2026-11-24T22:00:00Z")), 1);
    know("quote.total", Value.of(new Money("USD", 25_000)), 2);
    know("yen", Value.of(new Money("JPY", 25_000)), 3);
    know("name", Value.of(new Sealed("s", "contact", "d", "Dana")), 4);
    var agent =
        agent(
            rule("say", List.of(), speak("{name}: {booking.start}, {quote.total}, {yen}, {zone}")));
    assertEquals(
        List.of("Dana: Tue 24 Nov, 15:00 (Denver time), USD 250.00, JPY 25,000, Denver time"),
        said(agent, HEARD));
    know("time-zone", Value.of("Europe/London"), 5);
    assertTrue(said(agent, HEARD).getFirst().contains("22:00 (London time)"));
  }

  @Test
  void givenANameWhoseKeyIsGoneTheRuleIsPassedOver() {
    know("name", Value.of(new Sealed("s", "contact", "d", "")), 1);
    assertEquals(List.of(), said(agent(rule("say", List.of(), speak("Hi {name}"))), HEARD));
  }

  @Test
  void onlyAChoiceMadeAfterTheTimesWereFoundPicksOne() {
    var agent =
        agent(
            rule("book", List.of(), line("action", "book")),
            rule("offer", List.of(), speak("{slots}")));
    know("choice", Value.of(2), 1);
    offer(5, "2026-11-24T22:00:00Z", "2026-11-25T23:00:00Z");
    assertEquals(List.of("1) Tue 24 Nov, 15:00 · 2) Wed 25 Nov, 16:00"), said(agent, HEARD));
    know("choice", Value.of(2), 6);
    assertEquals(booked("2026-11-25T23:00:00Z"), first(agent));
    know("choice", Value.of(3), 7);
    assertEquals(1, said(agent, HEARD).size());
  }

  @Test
  void aTimePicksTheSlotThatItNamesAndNoOther() {
    var agent = agent(rule("book", List.of(), line("action", "book")));
    offer(5, "2026-11-24T22:00:00Z", "2026-11-25T23:00:00Z");
    know("time", Value.of(Instant.parse("2026-11-25T23:00:00Z")), 6);
    assertEquals(booked("2026-11-25T23:00:00Z"), first(agent));
    know("time", Value.of(Instant.parse("2026-11-24T16:00:00Z")), 7);
    assertEquals(booked("2026-11-24T22:00:00Z"), first(agent), "the only one on that day");
    know("time", Value.of(Instant.parse("2026-11-24T21:00:00Z")), 8);
    assertEquals(List.of(), agent.think(briefing(HEARD), NO_NOTES, desk()).actions());
  }

  @Test
  void whatIsNotKnownIsNeverGuessed() {
    for (var kind :
        List.of("book", "reschedule", "cancel", "quote", "concede", "take-commitment")) {
      var agent = agent(rule("act", List.of(), line("action", kind)));
      assertEquals(List.of(), agent.think(briefing(HEARD), NO_NOTES, desk()).actions(), kind);
    }
  }

  @Test
  void aConcessionIsWhatTheBuyerAskedForOrWhatTheRuleSays() {
    know("quote", Value.of("q-1"), 1);
    var asked = agent(rule("act", List.of(), line("action", "concede")));
    var fixed = agent(rule("act", List.of(), line("action", "concede", "percent", "5")));
    know("ask-discount", Value.of(0), 2);
    assertEquals(List.of(), asked.think(briefing(HEARD), NO_NOTES, desk()).actions());
    know("ask-discount", Value.of(15), 3);
    assertEquals(new Action.Concede("q-1", 15), first(asked));
    assertEquals(new Action.Concede("q-1", 5), first(fixed));
  }

  @Test
  void outcomesAndRefusalsAreToldApart() {
    var agent =
        agent(
            rule("done", List.of("done:book"), speak("done")),
            rule("failed", List.of("failed:book"), speak("failed")),
            rule("rights", List.of("refused:book=rights"), speak("rights")),
            rule("refused", List.of("refused:book"), speak("refused")),
            rule("waiting", List.of("pending:book"), speak("waiting")));
    assertEquals(List.of("done"), said(agent, settled(Outcome.confirmed())));
    assertEquals(List.of("failed"), said(agent, settled(new Outcome.Failed("slot-taken"))));
    assertEquals(List.of(), said(agent, settled(new Outcome.Unknown("timeout"))));
    var refused = new Prompt.Refused(1, "book", Verdict.DENY, List.of());
    assertEquals(List.of("refused"), said(agent, refused));
    assertEquals(List.of("waiting"), said(agent, new Prompt.Waiting(1, "book", 2)));
  }

  @Test
  void aPlaybookThatCannotBeUnderstoodSaysWhichRuleAndWhy() {
    for (var broken :
        List.of(
            rule("bad", List.of("full-moon"), speak("x")),
            rule("bad", List.of("mood:good"), speak("x")),
            rule("bad", List.of(), line("action", "sing")),
            rule("bad", List.of(), line("action", "speak")),
            rule("bad", List.of(), line("action", "request-hand-off")),
            rule("bad", List.of(), line("action", "concede", "percent", "many")),
            rule("bad", List.of(), line("action", "schedule-follow-up", "after", "a day")),
            rule(
                "bad",
                List.of(),
                line("action", "interpret-consent", "purpose", "contact", "state", "perhaps")))) {
      var problem = assertThrows(IllegalArgumentException.class, () -> agent(broken));
      assertTrue(problem.getMessage().startsWith("playbook booking, rule bad: "));
    }
  }

  @Test
  void anAgentTakesOverWhatIsOfferedToItsRoleOnly() {
    var agent = agent(rule("any", List.of(), speak("x")));
    assertTrue(agent.consider(new Offer(Role.CLOSING, Role.BOOKING, facts)).accepts());
    assertFalse(agent.consider(new Offer(Role.BOOKING, Role.CLOSING, facts)).accepts());
  }

  private void know(String name, Value value, long evidence) {
    facts.put(name, new Fact(value, Fact.Source.BUYER, evidence, 95, NOW, NOW.plusSeconds(3_600)));
  }

  private void offer(long evidence, String... starts) {
    for (int i = 0; i < starts.length; i++) {
      know("slot." + (i + 1), Value.of("kim@" + starts[i]), evidence);
    }
    know("slots", Value.of(starts.length), evidence);
  }

  private Action first(PlaybookAgent agent) {
    return agent.think(briefing(HEARD), NO_NOTES, desk()).actions().getFirst();
  }

  private List<String> said(PlaybookAgent agent, Prompt prompt) {
    return texts(agent.think(briefing(prompt), NO_NOTES, desk()));
  }

  private static List<String> texts(Thought thought) {
    var texts = new ArrayList<String>();
    for (var action : thought.actions()) {
      if (action instanceof Action.Speak(Words.Own(var text, _), _)) texts.add(text.ciphertext());
    }
    return texts;
  }

  private Briefing briefing(Prompt prompt) {
    return new Briefing(
        new ConversationId("default", "c"),
        "inbound-trial",
        "chat",
        true,
        "s",
        Role.BOOKING,
        1,
        9,
        1,
        List.of(prompt),
        0,
        List.of(),
        new TreeMap<>(facts),
        new TreeMap<>(),
        new TreeSet<>(),
        new TreeSet<>(Action.KINDS),
        new TreeSet<>(),
        new TreeSet<>(),
        "America/Denver",
        true,
        0,
        0,
        "hash",
        NOW);
  }

  private static Desk desk() {
    return new Desk() {
      @Override
      public Words words(String text) {
        return new Words.Own(seal(text), List.of());
      }

      @Override
      public Sealed seal(String text) {
        return new Sealed("s", "transcript", "d", text);
      }

      @Override
      public String read(Sealed sealed) {
        return sealed.ciphertext();
      }
    };
  }

  private static Action booked(String start) {
    return new Action.Book("kim@" + start, Instant.parse(start), "America/Denver");
  }

  private static Prompt settled(Outcome outcome) {
    return new Prompt.Settled(1, "book", outcome);
  }

  private static Prompt heard(String answering, String signal) {
    var signals = List.of(new Signal(signal, Value.of(signal), 95, 0, 3));
    return new Prompt.Heard(7, WORDS, signals, 95, answering);
  }

  private static PlaybookAgent agent(Playbook.Rule... rules) {
    return new PlaybookAgent(new Playbook(Role.BOOKING, List.of(), List.of(), List.of(rules)));
  }

  private static Playbook.Rule rule(String id, List<String> when, SortedMap<String, String> then) {
    return new Playbook.Rule(id, when, List.of(then));
  }

  private static SortedMap<String, String> speak(String text) {
    return line("action", "speak", "say", text);
  }

  private static SortedMap<String, String> line(String... pairs) {
    var line = new TreeMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) line.put(pairs[i], pairs[i + 1]);
    return line;
  }
}
