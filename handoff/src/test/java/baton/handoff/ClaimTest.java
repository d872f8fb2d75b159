package baton.handoff;

import static baton.handoff.Vocabulary.ask;
import static baton.handoff.Vocabulary.commit;
import static baton.handoff.Vocabulary.disclose;
import static baton.handoff.Vocabulary.findSlots;
import static baton.handoff.Vocabulary.product;
import static baton.handoff.Vocabulary.speak;
import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Decision.Refusal;
import baton.handoff.fact.Value;
import baton.handoff.port.Claims.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A permit is claimed or refused, and what was claimed comes out one way or another.
class ClaimTest {
  private static Story inFlight() {
    return Story.disclosed().hears("m1").answers(findSlots(), speak());
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHORITY_MOVED", "EXPIRED", "INTERRUPTED"})
  void aRefusedClaimIsRecordedAndTheActionDecidedAgainAtOnce(Reason reason) {
    inFlight()
        .unclaimed(reason)
        .then("lapsed: " + Shown.lower(reason).replace('_', '-'), "permit")
        .thenOwed("Perform");
  }

  @ParameterizedTest
  @EnumSource(names = {"PAUSED", "POLICY_MOVED"})
  void whatThisNodeHasNotHeardOfYetIsWaitedForBeforeItIsDecidedAgain(Reason reason) {
    inFlight()
        .unclaimed(reason)
        .then("lapsed: " + Shown.lower(reason).replace('_', '-'))
        .wakes()
        .then("permit");
  }

  @Test
  void aClaimRefusedForAnOptOutElsewhereClosesTheConversationHere() {
    inFlight()
        .unclaimed(Reason.OPTED_OUT)
        .then(
            "lapsed: opted-out",
            "opted out",
            "released booking: opted-out",
            "contact ends: opted-out",
            "closed: opted-out");
  }

  @Test
  void aRefusedClaimIsNotDecidedAgainForEver() {
    var story = inFlight();
    for (int i = 0; i < 3; i++) story.unclaimed(Reason.EXPIRED).then("lapsed: expired", "permit");
    story
        .unclaimed(Reason.EXPIRED)
        .then(
            "lapsed: expired",
            "dropped 1: its permit could not be claimed",
            "dropped 1: one before it could not be claimed",
            "buyer's turn");
  }

  @Test
  void aPermitMadeWorthlessByTheBuyersWordIsConcludedAndItsActionForgotten() {
    inFlight()
        .hears("m2")
        .unclaimed(Reason.AUTHORITY_MOVED)
        .then("lapsed: authority-moved", "asked booking");
  }

  @Test
  void anUnclaimedPermitThatNobodyKnowsIsIgnored() {
    Story.disclosed().when(new Command.Unclaimed("default.c1.999", Reason.EXPIRED)).thenNothing();
  }

  @Test
  void whatAToolObservedBecomesFactsAndTheHolderIsTold() {
    var story = Story.disclosed().hears("m1").answers(findSlots());
    story
        .settles(Outcome.confirmed(Map.of("slots", Value.of("slot-1"))))
        .then("confirmed", "observed slots=slot-1", "asked booking");
  }

  @Test
  void anEffectThatFailedDropsTheRestOfItsAnswer() {
    inFlight()
        .settles(new Outcome.Failed("calendar-down"))
        .then(
            "failed: calendar-down",
            "dropped 1: one before it did not take place",
            "asked booking");
  }

  @Test
  void aClaimThatWasNeverCarriedOutIsDecidedAgainAndTheRestKept() {
    var story = inFlight();
    String key = story.flight().permit().key();
    story.settles(new Outcome.Failed("never-done")).then("failed: never-done", "permit");
    assertEquals(key, story.flight().permit().key());
    assertEquals(1, story.live().work().queue().size());
  }

  @Test
  void andNotWhereANewPolicyHasVoidedItsPermitInTheSameStep() {
    inFlight()
        .policy(Policies.sketch().hash("p2").compile())
        .settles(new Outcome.Failed("never-done"))
        .then(
            "policy is now p2",
            "failed: never-done",
            "dropped 1: one before it did not take place",
            "asked booking");
  }

  @Test
  void butNotForEver() {
    var story = inFlight();
    for (int i = 0; i < 3; i++) story.settles(new Outcome.Failed("never-done"));
    story
        .settles(new Outcome.Failed("never-done"))
        .then("failed: never-done", "dropped 1: one before it did not take place", "asked booking");
  }

  @Test
  void andNotAfterTheBuyerHasSpoken() {
    inFlight()
        .hears("m2")
        .settles(new Outcome.Failed("never-done"))
        .then("failed: never-done", "asked booking");
  }

  @Test
  void anEffectThatNobodyKnowsOfIsLookedUpAndAPersonCalled() {
    inFlight()
        .settles(new Outcome.Unknown("timeout"))
        .then(
            "unknown: timeout",
            "dropped 1: nobody knows what came of one before it",
            "escalated: outcome-unknown",
            "asked booking")
        .thenOwed("LookUp", "Ask", "WakeAt");
  }

  private static Command.Attest attest(Story story, boolean happened) {
    var key = story.flight().permit().key();
    return new Command.Attest(key, 1, story.at(), "ann", happened, "asked the calendar's owner");
  }

  @Test
  void aPersonWhoHasFoundOutSettlesWhatNobodyKnew() {
    var story = inFlight().settles(new Outcome.Unknown("timeout")).answers();
    story.when(attest(story, true)).then("ann says it took place", "confirmed");
    assertEquals(0, story.live().work().flights().size());
  }

  @Test
  void andWhereItDidNotTakePlaceTheHolderIsTold() {
    var story = inFlight().settles(new Outcome.Unknown("timeout")).answers();
    story
        .when(attest(story, false))
        .then("ann says it did not take place", "failed: not-done", "asked booking");
  }

  @Test
  void aPersonsWordSettlesNothingThatIsKnownOrStillUnderWay() {
    var story = inFlight();
    story.when(attest(story, true)).thenRejected(Refusal.CONFLICT);
  }

  @Test
  void alsoAfterTheEndOfTheConversation() {
    var story = inFlight().settles(new Outcome.Unknown("timeout")).answers();
    var attest = attest(story, true);
    story
        .when(new Command.End("ann", "enough"))
        .when(attest)
        .then("ann says it took place", "confirmed");
  }

  @Test
  void whileAnOutcomeIsUnknownNothingOfItsKindIsPermitted() {
    inFlight()
        .settles(new Outcome.Unknown("timeout"))
        .answers(findSlots())
        .then(
            "answered with 1",
            "booking proposes find-slots",
            "defer by certainty/outcome-unknown",
            "asked booking");
  }

  @Test
  void anUnknownOutcomeThatIsStillUnknownChangesNothing() {
    var story = inFlight().settles(new Outcome.Unknown("timeout"));
    story.settles(new Outcome.Unknown("timeout")).thenNothing();
  }

  @Test
  void anUnknownOutcomeMayBecomeKnownLater() {
    var story = inFlight().settles(new Outcome.Unknown("timeout"));
    story.answers();
    story
        .settles(Outcome.confirmed(Map.of("slots", Value.of("slot-1"))))
        .then("confirmed", "observed slots=slot-1", "asked booking")
        .thenOwed("Ask", "WakeAt");
  }

  @Test
  void aLateOutcomeDoesNotDropAnAnswerThatWasThoughtAfterIt() {
    var story = inFlight().settles(new Outcome.Unknown("timeout"));
    var unknown = story.flight().permit();
    story.answers(speak(), ask("meeting"));
    story.when(story.settle(unknown, new Outcome.Failed("never-done"))).then("failed: never-done");
    assertEquals(1, story.live().work().queue().size());
  }

  @Test
  void aLateRefusalOfAClaimDoesNotForgetAnUnknownOutcome() {
    var story = inFlight().settles(new Outcome.Unknown("timeout"));
    story
        .when(new Command.Unclaimed(story.flight().permit().id(), Reason.EXPIRED))
        .thenNothing()
        .thenOwed("LookUp", "Ask", "WakeAt");
  }

  @Test
  void anOutcomeOfAnotherActionThanThePermitsIsRefused() {
    var story = inFlight();
    var permit = story.flight().permit();
    story
        .when(new Command.Settle(permit.id(), 1, "other", story.at(), Outcome.confirmed()))
        .thenRejected(Refusal.INVALID);
  }

  @Test
  void theSameOutcomeTwiceIsTakenOnce() {
    var story = inFlight();
    var settle = story.settle(story.flight().permit(), Outcome.confirmed());
    story.when(settle).when(settle).thenNothing();
  }

  @Test
  void atMostOnePermitIsOnItsWay() {
    var story = Story.disclosed().hears("m1").answers(speak(), findSlots(), speak());
    assertEquals(1, story.live().work().flights().size());
    assertEquals(2, story.live().work().queue().size());
  }

  @Test
  void anOutcomeThatComesAfterTheHandOffIsStillRecorded() {
    var story = Story.disclosed().hears("m1").answers(speak());
    var permit = story.flight().permit();
    story.when(new Command.TakeOver("ann")).when(story.settle(permit, Outcome.confirmed()));
    story.then("confirmed");
    assertEquals(1, story.live().counted().of("speech") - 1);
  }

  @Test
  void aDisclosureCountsOnlyOnceItWasVoiced() {
    Story.opened()
        .answers(disclose(), speak())
        .settles(new Outcome.Failed("line-dead"))
        .then("failed: line-dead", "dropped 1: one before it did not take place", "buyer's turn");
    Story.opened()
        .answers(disclose(), speak())
        .settles(Outcome.confirmed())
        .then("confirmed", "permit");
  }

  @Test
  void aCommitmentNeedsAYesThatIsYoungerThanTheTotal() {
    var story = Story.quoted().hears("m2", product("team")).answers(ask("commitment")).carriesOut();
    story
        .hears("m3", Vocabulary.yes())
        .answers(commit(30_000))
        .then("answered with 1", "closing proposes take-commitment", "permit");
  }
}
