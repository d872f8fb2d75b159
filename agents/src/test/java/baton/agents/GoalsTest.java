package baton.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Playbook;
import baton.handoff.policy.Playbook.Goal;
import baton.handoff.policy.Playbook.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is missing is asked for, what matters is repeated back, and what changed is done anew.
class GoalsTest {
  private static final Optional<Sealed> WORDS =
      Optional.of(new Sealed("s", "transcript", "d", "words"));
  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("product", "", "Which plan?", "Just the name: which plan?", "", false),
          new Question("seats", "", "How many?", "Roughly how many?", "Is it {seats}?", false),
          new Question("email", "", "Which address?", "", "", true));

  private static final Goal QUOTE =
      new Goal(
          "quote",
          List.of(),
          List.of("product", "seats"),
          "{product} for {seats}?",
          "Yes or no: {product} for {seats}?",
          "recap",
          "quote",
          List.of(line("action", "quote")));

  private final SortedMap<String, Fact> facts = new TreeMap<>();
  private SortedMap<String, String> notes = new TreeMap<>();
  private boolean zoneKnown = true;
  private long seq;

  @Test
  void whatIsMissingIsAskedForOneThingAtATimeAndWhatIsKnownNever() {
    var agent = agent(QUOTE);
    assertEquals("Which plan?", said(agent, heard("")));
    know("product", Value.of("team"));
    assertEquals("How many?", said(agent, heard("product")));
    know("seats", Value.of(12));
    assertEquals("team for 12?", said(agent, heard("seats")));
  }

  @Test
  void anAnswerThatDoesNotSayItIsAskedForInOtherWords() {
    var agent = agent(QUOTE);
    assertEquals("Which plan?", said(agent, heard("")));
    assertEquals("Just the name: which plan?", said(agent, heard("product")));
  }

  @Test
  void aQuestionThatWasPutTwiceIsNotUnderstood() {
    var stuck = rule("stuck", List.of("stuck"), line("action", "speak", "say", "A person?"));
    var agent = agent(List.of(QUOTE), stuck);
    said(agent, heard(""));
    said(agent, heard("product"));
    assertEquals("A person?", said(agent, heard("product")));
    know("product", Value.of("team"));
    assertEquals("How many?", said(agent, heard("product")));
  }

  @Test
  void whatWasAnsweredMeanwhileGoesBeforeTheQuestionInOneMessageAndDoesNotCountAsAskedAgain() {
    var talk =
        rule(
            "talk",
            List.of("signal:small-talk"),
            line("action", "speak", "say", "All is well.", "go-on", "yes"));
    var stuck = rule("stuck", List.of("stuck"), line("action", "speak", "say", "A person?"));
    var agent = agent(List.of(QUOTE), talk, stuck);
    said(agent, heard(""));
    for (int i = 0; i < 3; i++) {
      assertEquals("All is well. Which plan?", said(agent, heard("product", "small-talk")));
    }
  }

  @Test
  void nothingIsDoneBeforeAYesToTheseVeryValues() {
    var agent = agent(QUOTE);
    know("product", Value.of("team"));
    know("seats", Value.of(50));
    assertEquals("team for 50?", said(agent, heard("")));
    know("seats", Value.of(15));
    know("confirmed.recap", Value.of("yes"));
    assertEquals("team for 15?", said(agent, heard("")), "the yes was to something else");
    assertEquals("Yes or no: team for 15?", said(agent, heard("recap")));
    know("confirmed.recap", Value.of("yes"));
    assertEquals(List.of(new Action.Quote("team", 15)), actions(agent, heard("recap")));
  }

  @Test
  void whatRestsOnAnOldValueIsDoneAnewAfterItWasRepeatedBack() {
    var agent = agent(QUOTE);
    know("product", Value.of("team"));
    know("seats", Value.of(50));
    said(agent, heard(""));
    know("confirmed.recap", Value.of("yes"));
    actions(agent, heard("recap"));
    know("quote", Value.of("q-1"));
    assertEquals(List.of(), actions(agent, heard("")), "it is reached");
    know("seats", Value.of(50));
    assertEquals(List.of(), actions(agent, heard("")), "the same again is no change");
    know("seats", Value.of(15));
    assertEquals("team for 15?", said(agent, heard("")));
    know("confirmed.recap", Value.of("yes"));
    assertEquals(List.of(new Action.Quote("team", 15)), actions(agent, heard("recap")));
  }

  @Test
  void whatWasNotHeardClearlyIsAskedAboutAndNotAssumed() {
    var agent = agent(QUOTE);
    know("product", Value.of("team"));
    know("seats", Value.of(50), 60);
    assertEquals("Is it 50?", said(agent, heard("")));
    know("confirmed.sure.seats", Value.of("no"));
    assertEquals("How many?", said(agent, heard("sure.seats")));
    know("seats", Value.of(15), 60);
    assertEquals("Is it 15?", said(agent, heard("seats")));
    know("confirmed.sure.seats", Value.of("yes"));
    assertEquals("team for 15?", said(agent, heard("sure.seats")));
  }

  @Test
  void whatIsAskedForOnceIsDoneWithoutWhereTheAnswerIsNone() {
    var write = line("action", "escalate", "reason", "done");
    var goal = new Goal("mail", List.of(), List.of("email"), "", "", "", "", List.of(write));
    var agent = agent(goal);
    assertEquals("Which address?", said(agent, heard("")));
    assertEquals(List.of(new Action.Escalate("done")), actions(agent, heard("email")));
  }

  @Test
  void theZoneIsAskedForWhereItIsOnlyTheSellers() {
    var find = line("action", "find-slots");
    var ask = new Question("time-zone", "", "Which city?", "", "", true);
    var goal =
        new Goal("find", List.of(), List.of("time-zone"), "", "", "", "slots", List.of(find));
    var agent = new PlaybookAgent(playbook(List.of(ask), List.of(goal)));
    zoneKnown = false;
    assertEquals("Which city?", said(agent, heard("")));
    notes = new TreeMap<>();
    zoneKnown = true;
    assertTrue(actions(agent, heard("")).getFirst() instanceof Action.FindSlots);
  }

  @Test
  void anHourThatIsFreeIsPickedAndTheNextOneIsNot() {
    var book =
        new Goal(
            "book",
            List.of("picked"),
            List.of("slot"),
            "Book {slot}?",
            "",
            "slot",
            "booking",
            List.of(line("action", "book")));
    var agent = agent(book);
    know("time", Value.of(Instant.parse("2026-11-24T22:00:00Z")));
    offer("2026-11-24T22:00:00Z", "2026-11-25T23:00:00Z");
    assertEquals("Book Tue 24 Nov, 15:00 (Denver time)?", said(agent, heard("")));
    offer("2026-11-24T23:00:00Z", "2026-11-25T23:00:00Z");
    assertEquals(List.of(), actions(agent, heard("")));
    know("choice", Value.of(2));
    assertEquals("Book Wed 25 Nov, 16:00 (Denver time)?", said(agent, heard("")));
  }

  @Test
  void aWindowIsLookedForAsItWasNamed() {
    var agent = agent(List.of(), rule("find", List.of(), line("action", "find-slots")));
    var from = Instant.parse("2026-11-23T18:00:00Z");
    var until = Instant.parse("2026-11-28T06:00:00Z");
    long said = ++seq;
    fact("time", Value.of(from), 95, said);
    fact("time-until", Value.of(until), 95, said);
    fact("day-part", Value.of("afternoon"), 95, said);
    var asked = new Action.FindSlots(from, until, "America/Denver", Optional.of("afternoon"));
    assertEquals(List.of(asked), actions(agent, heard("")));
    know("time", Value.of(until));
    var hour = until.plusSeconds(90 * 60);
    var other = new Action.FindSlots(until, hour, "America/Denver", Optional.empty());
    assertEquals(List.of(other), actions(agent, heard("")), "the old window is over");
  }

  @Test
  void laterIsAfterWhatWasOfferedAndEarlierBefore() {
    offer("2026-11-24T22:00:00Z", "2026-11-25T23:00:00Z");
    var later =
        agent(List.of(), rule("l", List.of(), line("action", "find-slots", "window", "later")));
    var earlier =
        agent(List.of(), rule("e", List.of(), line("action", "find-slots", "window", "earlier")));
    var after = (Action.FindSlots) actions(later, heard("")).getFirst();
    assertEquals(Instant.parse("2026-11-25T23:00:01Z"), after.from());
    notes = new TreeMap<>();
    var before = (Action.FindSlots) actions(earlier, heard("")).getFirst();
    assertEquals(NOW, before.from());
    assertEquals(Instant.parse("2026-11-24T22:00:00Z"), before.until());
  }

  @Test
  void aBudgetIsMetByTheSmallestPercentAndOnlyWithinTheRule() {
    var meet =
        agent(
            List.of(),
            rule("b", List.of(), line("action", "concede", "percent", "budget", "up-to", "10")));
    know("quote", Value.of("q-1"));
    know("quote.list", Value.of(new Money("USD", 50_000)));
    know("budget", Value.of(new Money("USD", 47_900)));
    assertEquals(List.of(new Action.Concede("q-1", 5)), actions(meet, heard("")));
    for (var other :
        List.of(new Money("USD", 10_000), new Money("USD", 60_000), new Money("EUR", 47_900))) {
      know("budget", Value.of(other));
      assertEquals(List.of(), actions(meet, heard("")), other.toString());
    }
  }

  @Test
  void whatCameOfAnActionLeadsOnToTheGoalsOnlyWhereARuleGoesOn() {
    var goal = new Goal("any", List.of(), List.of("product"), "", "", "", "", List.of());
    var settled = new Prompt.Settled(1, "find-slots", Outcome.confirmed());
    assertEquals(List.of(), actions(agent(goal), settled));
    var on =
        rule(
            "on",
            List.of("done:find-slots"),
            line("action", "speak", "say", "Good.", "go-on", "yes"));
    assertEquals("Good. Which plan?", said(agent(List.of(goal), on), settled));
  }

  @Test
  void aGoalThatCannotBeUnderstoodIsNamed() {
    var bad = new Goal("bad", List.of("full-moon"), List.of(), "", "", "", "", List.of());
    var problem = assertThrows(IllegalArgumentException.class, () -> agent(bad));
    assertTrue(problem.getMessage().startsWith("playbook booking, goal bad: "));
  }

  private void know(String name, Value value) {
    know(name, value, 95);
  }

  private void know(String name, Value value, int confidence) {
    fact(name, value, confidence, ++seq);
  }

  private void fact(String name, Value value, int confidence, long evidence) {
    facts.put(
        name,
        new Fact(value, Fact.Source.BUYER, evidence, confidence, NOW, NOW.plusSeconds(3_600)));
  }

  private void offer(String... starts) {
    for (int i = 0; i < starts.length; i++) {
      know("slot." + (i + 1), Value.of("kim@" + starts[i]));
    }
    know("slots", Value.of(starts.length));
  }

  private List<Action> actions(PlaybookAgent agent, Prompt prompt) {
    var thought = agent.think(briefing(prompt), notes, desk());
    notes = thought.notes();
    return thought.actions();
  }

  private String said(PlaybookAgent agent, Prompt prompt) {
    var texts = new ArrayList<String>();
    for (var action : actions(agent, prompt)) {
      if (action instanceof Action.Speak(Words.Own(var text, _), _)) texts.add(text.ciphertext());
    }
    return String.join(" | ", texts);
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
        zoneKnown,
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

  private Prompt heard(String answering, String... signals) {
    var read =
        Arrays.stream(signals).map(name -> new Signal(name, Value.of(name), 95, 0, 3)).toList();
    return new Prompt.Heard(++seq, WORDS, read, 95, answering);
  }

  private static PlaybookAgent agent(Goal goal) {
    return agent(List.of(goal));
  }

  private static PlaybookAgent agent(List<Goal> goals, Playbook.Rule... rules) {
    return new PlaybookAgent(playbook(QUESTIONS, goals, rules));
  }

  private static Playbook playbook(
      List<Question> questions, List<Goal> goals, Playbook.Rule... rules) {
    return new Playbook(Role.BOOKING, questions, goals, List.of(rules));
  }

  private static Playbook.Rule rule(String id, List<String> when, SortedMap<String, String> then) {
    return new Playbook.Rule(id, when, List.of(then));
  }

  private static SortedMap<String, String> line(String... pairs) {
    var line = new TreeMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) line.put(pairs[i], pairs[i + 1]);
    return line;
  }
}
