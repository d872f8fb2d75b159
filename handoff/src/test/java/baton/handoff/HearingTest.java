package baton.handoff;

import static baton.handoff.Vocabulary.ask;
import static baton.handoff.Vocabulary.choice;
import static baton.handoff.Vocabulary.no;
import static baton.handoff.Vocabulary.product;
import static baton.handoff.Vocabulary.seats;
import static baton.handoff.Vocabulary.signal;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.stop;
import static baton.handoff.Vocabulary.vague;
import static baton.handoff.Vocabulary.withdraw;
import static baton.handoff.Vocabulary.words;
import static baton.handoff.Vocabulary.yes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Decision.Refusal;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the buyer's words do by themselves.
class HearingTest {
  @Test
  void aMessageIsRecordedAndTheHolderIsAsked() {
    Story.disclosed().hears("m1").then("heard m1", "asked booking");
  }

  @Test
  void theSameMessageAgainChangesNothing() {
    Story.disclosed().hears("m1").hears("m1").thenNothing();
  }

  @Test
  void theSameIdWithAnotherBodyIsAConflict() {
    var other = new Command.Hear("m1", "other", Vocabulary.sealed("x"), java.util.List.of(), 90);
    Story.disclosed().hears("m1").when(other).thenRejected(Refusal.CONFLICT);
  }

  @Test
  void whatWasSaidBecomesFactsWithProvenance() {
    var story =
        Story.disclosed()
            .hears("m1", product("team"), seats(5))
            .then("heard m1", "observed product=team, seats=5", "asked booking");
    var fact = story.live().known().facts().get("product");
    assertEquals(Fact.Source.BUYER, fact.source());
    assertEquals(story.live().known().heard().orElseThrow().seq(), fact.evidence());
    assertEquals(story.at().plus(Duration.ofHours(24)), fact.freshUntil());
  }

  @Test
  void aFactIsOnlyAsSureAsItWasHeard() {
    var story = Story.disclosed().when(Story.heard("m1", 40, product("team")));
    assertEquals(40, story.live().known().facts().get("product").confidence());
  }

  @Test
  void theEvidenceOfAFactIsTheMessageEvenWhereItAlsoTakesAConsentBack() {
    var story = ConsentStory.granted("contact").hears("m9", withdraw("contact"), product("team"));
    var known = story.live().known();
    assertEquals(known.heard().orElseThrow().seq(), known.facts().get("product").evidence());
  }

  @Test
  void aPlainYesToAQuestionIsAConfirmation() {
    var story = Story.disclosed().hears("m1").answers(ask("meeting")).carriesOut();
    story.hears("m2", yes()).then("heard m2", "observed confirmed.meeting=yes", "asked booking");
  }

  @Test
  void aPlainNoToAQuestionIsRecordedAsNo() {
    var story = Story.disclosed().hears("m1").answers(ask("meeting")).carriesOut();
    story.hears("m2", no()).then("heard m2", "observed confirmed.meeting=no", "asked booking");
  }

  @Test
  void aVagueYesConfirmsNothing() {
    var story = Story.disclosed().hears("m1").answers(ask("meeting")).carriesOut();
    story.hears("m2", yes(), vague()).then("heard m2", "asked booking");
  }

  @Test
  void aYesHeardBadlyConfirmsNothing() {
    var story = Story.disclosed().hears("m1").answers(ask("meeting")).carriesOut();
    story.when(Story.heard("m2", 59, yes())).then("heard m2", "asked booking");
  }

  @Test
  void aBareNumberCountsWhatWasAskedFor() {
    var number = signal(Signal.NUMBER, Value.of(2), 90);
    var story = Story.disclosed().hears("m1").answers(ask("slots")).carriesOut();
    story.hears("m2", number).then("heard m2", "observed choice=2", "asked booking");
    story.answers(ask("seats")).carriesOut();
    story.hears("m3", number).then("heard m3", "observed seats=2", "asked booking");
    story.answers().hears("m4", number).then("heard m4", "asked booking");
  }

  @Test
  void aYesToNothingConfirmsNothing() {
    Story.disclosed().hears("m1", yes()).then("heard m1", "asked booking");
  }

  @Test
  void wordsWhileTheHolderThinksSupersedeTheQuestion() {
    var story = Story.disclosed().hears("m1");
    long before = story.live().work().ask().orElseThrow().seq();
    story.hears("m2", choice(2));
    story.then("heard m2", "observed choice=2", "superseded", "asked booking");
    var ask = story.live().work().ask().orElseThrow();
    assertTrue(ask.seq() > before);
    assertEquals(2, ask.prompts().size(), "the holder is told both messages");
  }

  @Test
  void wordsWhileAPermitIsOnItsWayVoidIt() {
    Story.disclosed()
        .hears("m1")
        .answers(speak(), speak())
        .hears("m2")
        .then("heard m2", "superseded")
        .thenOwed("Conclude");
  }

  @Test
  void whereNobodyHasTheConversationTheBuyerIsToldThatAPersonWill() {
    var sketch = Policies.sketch();
    sketch.fallbacks = new Policy.Fallbacks(2, 4, Policy.SafeState.HUMAN);
    Story.disclosed(sketch.compile())
        .hears("m1")
        .passes(Duration.ofSeconds(20))
        .wakes()
        .carriesOut()
        .hears("m2")
        .then("heard m2", "engine proposes speak", "permit")
        .when(new Command.TakeOver("ann"));
  }

  @Test
  void aWishToBeLeftAloneIsBelievedEvenIfUnsure() {
    var story = Story.disclosed().hears("m1", signal(Signal.OPT_OUT, Value.of("stop"), 40));
    story.then(
        "heard m1",
        "opted out",
        "released booking: opted-out",
        "engine proposes speak",
        "engine proposes close",
        "permit");
    assertTrue(story.open().orElseThrow().permit().despiteOptOut());
    story.carriesOut().then("confirmed", "permit", "contact ends: opted-out", "closed: opted-out");
  }

  @Test
  void aFaintHintOfAnOptOutIsNotOne() {
    Story.disclosed()
        .hears("m1", signal(Signal.OPT_OUT, Value.of("stop"), 39))
        .then("heard m1", "asked booking");
  }

  @Test
  void aBareNumberIsPercentForWhoHagglesAndNothingForWhoDoesNot() {
    var number = signal(Signal.NUMBER, Value.of(15), 90);
    var asked = new Action.RequestCommitment("q-1", words());
    var plain = Story.quoted().hears("m2").answers(asked).carriesOut().hears("m3", number);
    assertFalse(plain.live().known().facts().containsKey(Signal.ASK_DISCOUNT));
    var haggling =
        Story.quoted()
            .hears("m2", signal(Signal.ASK_DISCOUNT, Value.of(50), 90))
            .answers(asked)
            .carriesOut()
            .hears("m3", number, seats(15));
    var facts = haggling.live().known().facts();
    assertEquals(Value.of(15), facts.get(Signal.ASK_DISCOUNT).value());
    assertEquals(Value.of(20), facts.get(Signal.SEATS).value(), "no seats");
  }

  @Test
  void whoIsAskedWhetherWeShallStopAndDoesNotSayNoHasOptedOut() {
    var again = signal(Signal.MAYBE_OPT_OUT);
    for (var answer : List.of(yes(), vague(), again)) {
      var story = Story.disclosed().hears("m1", again).answers(ask("stop")).carriesOut();
      story.hears("m2", answer);
      assertEquals("opted out", story.happened().get(1), answer.name());
    }
  }

  @Test
  void aNoToTheQuestionWhetherWeShallStopIsNoOptOut() {
    var story = Story.disclosed().hears("m1").answers(ask("stop")).carriesOut();
    story.hears("m2", no(), vague());
    assertFalse(story.happened().contains("opted out"), story.happened().toString());
    var other = Story.disclosed().hears("m1").answers(ask("more")).carriesOut();
    other.hears("m2", yes());
    assertFalse(other.happened().contains("opted out"), "a yes to something else");
  }

  @Test
  void anOptOutVoidsWhatIsOnItsWay() {
    var story = Story.disclosed().hears("m1").answers(speak()).hears("m2", stop());
    assertFalse(
        story.live().work().flights().values().stream()
            .anyMatch(f -> f.stage() == State.Flight.Stage.OPEN));
    story.thenOwed("Conclude");
  }

  @Test
  void aConversationHasABoundOnItsMessages() {
    var story = Story.opened();
    for (int i = 0; i < FromBuyer.MESSAGES_MAX; i++) story.hears("m" + i);
    story.hears("one-more").thenRejected(Refusal.CONFLICT);
    story.hears("m7").thenNothing();
  }

  @Test
  void beyondThatBoundAnOptOutIsStillTaken() {
    var story = Story.opened();
    for (int i = 0; i < FromBuyer.MESSAGES_MAX; i++) story.hears("m" + i);
    story.hears("one-more", stop());
    assertTrue(story.live().known().optedOut());
  }
}
