package baton.handoff;

import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.commit;
import static baton.handoff.Vocabulary.findSlots;
import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.signal;
import static baton.handoff.Vocabulary.speak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Action;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Asking the holder, and what becomes of its answer.
class AskingTest {
  @Test
  void anAnswerIsProposedAndItsFirstActionPermitted() {
    Story.disclosed()
        .hears("m1")
        .answers(speak(), findSlots())
        .then("answered with 2", "booking proposes speak", "booking proposes find-slots", "permit")
        .thenOwed("Perform");
  }

  @Test
  void theNextActionIsDecidedOnWhatCameOfTheOneBefore() {
    var story = Story.disclosed().hears("m1").answers(speak(), findSlots());
    story.settles(Outcome.confirmed()).then("confirmed", "permit");
    assertEquals("find-slots", story.flight().permit().kind());
    assertEquals(1, story.live().work().flights().size());
  }

  @Test
  void anEmptyAnswerLeavesTheTurnToTheBuyer() {
    Story.disclosed().hears("m1").answers().then("answered with 0", "buyer's turn");
  }

  @Test
  void anAnswerToAnEarlierAskIsStale() {
    var story = Story.disclosed().hears("m1");
    var late = story.answer(speak());
    story.hears("m2").when(late).then("stale answer of booking");
  }

  @Test
  void anAnswerUnderAnotherEpochIsStale() {
    var story = Story.disclosed().hears("m1");
    var good = story.answer(speak());
    var old = new Command.Answer(good.role(), good.epoch() - 1, good.ask(), good.actions());
    story.when(old).then("stale answer of booking").thenOwed("Ask", "WakeAt");
  }

  @Test
  void anAnswerOfAnotherRoleIsStale() {
    var story = Story.disclosed().hears("m1");
    var good = story.answer(speak());
    story
        .when(new Command.Answer(Role.CLOSING, good.epoch(), good.ask(), good.actions()))
        .then("stale answer of closing");
  }

  @Test
  void theSameAnswerTwiceIsTakenOnce() {
    var story = Story.disclosed().hears("m1");
    var answer = story.answer(speak());
    story.when(answer).when(answer).then("stale answer of booking");
  }

  @Test
  void whatARoleMayNotDoIsRefusedWithReasonsAndTheRestIsDropped() {
    var story = Story.disclosed().hears("m1").answers(commit(1), speak());
    story.then(
        "answered with 2",
        "booking proposes take-commitment",
        "booking proposes speak",
        "deny by mandate/prohibited",
        "dropped 1: one before it was not permitted",
        "asked booking");
    var prompts = story.live().work().ask().orElseThrow().prompts();
    assertTrue(
        prompts.getFirst() instanceof Prompt.Refused refused && refused.findings().size() == 1);
  }

  @Test
  void anActionThatIsNotYetCertainIsDeferred() {
    Story.disclosed()
        .hears("m1")
        .answers(book())
        .then(
            "answered with 1",
            "booking proposes book",
            "defer by consent/consent-missing, certainty/fact-missing",
            "asked booking");
  }

  @Test
  void anAnswerHasABoundOnItsProposals() {
    var many = Collections.nCopies(FromAgents.PROPOSALS_MAX + 3, speak());
    var story = Story.disclosed().hears("m1");
    var answer = story.answer();
    story.when(new Command.Answer(answer.role(), answer.epoch(), answer.ask(), many));
    assertEquals("answered with 8", story.happened().getFirst());
    assertEquals(FromAgents.PROPOSALS_MAX - 1, story.live().work().queue().size());
  }

  @Test
  void pressureIsNeverVoiced() {
    Story.disclosed()
        .hears("m1")
        .answers(speak(signal(Signal.PRESSURE, Value.of("last-chance"), 90)))
        .then(
            "answered with 1",
            "booking proposes speak",
            "deny by language/language",
            "asked booking");
  }

  @Test
  void aHolderThatIsRefusedTooOftenIsNoLongerAskedAndTheEngineApologises() {
    var story = Story.disclosed().hears("m1");
    for (int i = 0; i < 3; i++) story.answers(commit(1));
    story
        .answers(commit(1))
        .then(
            "answered with 1",
            "booking proposes take-commitment",
            "deny by mandate/prohibited",
            "rounds spent",
            "engine proposes speak",
            "permit")
        .carriesOut()
        .then("confirmed", "buyer's turn");
  }

  @Test
  void aWordOfTheBuyerGivesTheHolderItsRoundsBack() {
    var story = Story.disclosed().hears("m1");
    for (int i = 0; i < 4; i++) story.answers(commit(1));
    story.carriesOut().hears("m2").then("heard m2", "asked booking");
  }

  @Test
  void aHolderThatDoesNotAnswerInTimeIsAskedAgain() {
    Story.disclosed()
        .hears("m1")
        .passes(Duration.ofSeconds(20))
        .wakes()
        .then("unanswered", "asked booking");
  }

  @Test
  void aWakeBeforeTheDeadlineDoesNothing() {
    Story.disclosed().hears("m1").passes(Duration.ofSeconds(19)).wakes().thenNothing();
  }

  @Test
  void anAnswerAfterTheTimeOutIsStale() {
    var story = Story.disclosed().hears("m1");
    var late = story.answer(speak());
    story.passes(Duration.ofSeconds(20)).wakes().when(late).then("stale answer of booking");
  }

  @Test
  void aSilentAgentMayCostTheRoleTheConversation() {
    var sketch = Policies.sketch();
    sketch.fallbacks =
        new baton.handoff.policy.Policy.Fallbacks(
            2, 4, baton.handoff.policy.Policy.SafeState.HUMAN);
    Story.disclosed(sketch.compile())
        .hears("m1")
        .passes(Duration.ofSeconds(20))
        .wakes()
        .then(
            "unanswered",
            "released booking: agent-silent",
            "escalated: agent-silent",
            "engine proposes speak",
            "permit");
  }

  @Test
  void whoWritesWhileNobodyHoldsTheConversationIsToldThatAPersonWillCome() {
    var sketch = Policies.sketch();
    sketch.fallbacks =
        new baton.handoff.policy.Policy.Fallbacks(
            2, 4, baton.handoff.policy.Policy.SafeState.HUMAN);
    Story.disclosed(sketch.compile())
        .hears("m1")
        .passes(Duration.ofSeconds(20))
        .wakes()
        .carriesOut()
        .hears("m2")
        .then("heard m2", "engine proposes speak", "permit");
  }

  @Test
  void anAgentMaySayAFixedLineButNotInventOne() {
    Story.disclosed()
        .hears("m1")
        .answers(line("moment"))
        .then("answered with 1", "booking proposes speak", "permit");
    Story.disclosed()
        .hears("m1")
        .answers(line("half-price-today"))
        .then(
            "answered with 1",
            "booking proposes speak",
            "deny by compliance/unknown-line",
            "asked booking");
  }

  @Test
  void aProposalKeepsItsKeyOverEveryPermitItIsGiven() {
    var story = Story.disclosed().hears("m1").answers(speak());
    var first = story.flight().permit();
    story.unclaimed(baton.handoff.port.Claims.Reason.EXPIRED);
    var second = story.flight().permit();
    assertEquals(first.key(), second.key());
    assertTrue(!first.id().equals(second.id()));
  }

  @Test
  void escalationIsAnActionLikeAnyOther() {
    Story.disclosed()
        .hears("m1")
        .answers(new Action.Escalate("angry"))
        .then(
            "answered with 1",
            "booking proposes escalate",
            "permit",
            "escalated: angry",
            "buyer's turn");
    assertEquals(List.of(), Conversation.outbox(Conversation.blank(Story.ID)));
  }
}
