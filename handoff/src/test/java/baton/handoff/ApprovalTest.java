package baton.handoff;

import static baton.handoff.Vocabulary.concede;
import static baton.handoff.Vocabulary.product;
import static baton.handoff.Vocabulary.quote;
import static baton.handoff.Vocabulary.seats;
import static baton.handoff.Vocabulary.speak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Decision.Refusal;
import baton.handoff.port.Claims.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A right-holder's yes: to one action, for a while, and decided again when it is used.
class ApprovalTest {
  private static Story waiting() {
    return Story.quoted().hears("m2").answers(concede(20), speak());
  }

  /// The engine has said that it takes a moment, and the holder has nothing to add.
  private static Story settledDown() {
    return waiting().carriesOut().answers();
  }

  private static long approval(Story story) {
    return story.live().work().approvals().firstKey();
  }

  private static Story resolves(Story story, boolean yes) {
    return story.when(new Command.Resolve(approval(story), "lea", yes, "good customer"));
  }

  @Test
  void whatLiesBeyondTheRolesRightOpensAnApproval() {
    waiting()
        .then(
            "answered with 2",
            "closing proposes concede",
            "closing proposes speak",
            "escalate by rights/right-needed",
            "dropped 1: one before it waits for an approval",
            "approval opened for discount-lead",
            "engine proposes speak",
            "permit");
  }

  @Test
  void whatLiesWithinTheRolesRightNeedsNone() {
    Story.quoted()
        .hears("m2")
        .answers(concede(10))
        .then("answered with 1", "closing proposes concede", "permit");
  }

  @Test
  void whatNobodyMayGiveIsDenied() {
    Story.quoted()
        .hears("m2")
        .answers(concede(26))
        .then(
            "answered with 1",
            "closing proposes concede",
            "deny by rights/right-exceeded",
            "asked closing");
  }

  @Test
  void whileItWaitsTheLeaseIsKeptAndTheHolderIsTold() {
    var story = waiting().carriesOut();
    story.thenLease(new Lease.Held(Role.CLOSING, 1)).thenOwed("Ask", "WakeAt");
    assertTrue(
        story.live().work().ask().orElseThrow().prompts().getFirst() instanceof Prompt.Waiting);
  }

  @Test
  void whileItWaitsTheBuyerIsNotCountedSilent() {
    settledDown().then("answered with 0");
  }

  @Test
  void anApprovedActionIsDecidedAgainAndPermitted() {
    var story = settledDown();
    resolves(story, true).then("lea approves", "permit").carriesOut();
    assertTrue(story.live().work().approvals().isEmpty(), "it is used up by the effect");
    assertEquals(Policies.usd(24_000), story.live().known().facts().get("quote.total").value());
  }

  @Test
  void anApprovedActionIsStillBoundByEverythingElse() {
    var sketch = Policies.sketch().limit("concede", "minutes", 5, baton.handoff.gate.Verdict.DENY);
    var story = Story.quoted(sketch).hears("m2").answers(concede(20)).carriesOut().answers();
    story.passes(Duration.ofMinutes(6));
    resolves(story, true).then("lea approves", "deny by limits/limit-reached", "asked closing");
  }

  @Test
  void aRejectionIsToldToTheHolder() {
    resolves(settledDown(), false).then("lea rejects", "asked closing");
  }

  @Test
  void anApprovalIsAnsweredOnce() {
    var story = settledDown();
    long number = approval(story);
    resolves(story, true)
        .when(new Command.Resolve(number, "bob", false, ""))
        .thenRejected(Refusal.CONFLICT);
    settledDown().when(new Command.Resolve(7, "bob", true, "")).thenRejected(Refusal.UNKNOWN);
  }

  @Test
  void anApprovalExpires() {
    settledDown().passes(Duration.ofMinutes(10)).wakes().then("approval expired", "asked closing");
  }

  @Test
  void anExpiredApprovalCannotBeAnswered() {
    resolves(settledDown().passes(Duration.ofMinutes(10)), true).thenRejected(Refusal.CONFLICT);
  }

  @Test
  void aYesThatIsNotUsedInTimeEnds() {
    var story =
        resolves(settledDown().paused(), true).then("lea approves", "defer by control/paused");
    story
        .resumed()
        .passes(Duration.ofMinutes(10))
        .wakes()
        .then("approval expired", "asked closing");
  }

  @Test
  void anotherValueOfAFactItRestsOnVoidsIt() {
    settledDown()
        .hears("m3", product("pro"))
        .then("heard m3", "observed product=pro", "approval void: fact-changed", "asked closing");
  }

  @Test
  void theSameValueOfAFactVoidsNothing() {
    var story = settledDown().hears("m3", product("team"), seats(20));
    assertEquals(1, story.live().work().approvals().size());
  }

  @Test
  void anotherPolicyVoidsIt() {
    var sketch = Policies.sketch().hash("p2");
    sketch.start = Role.CLOSING;
    settledDown()
        .policy(sketch.compile())
        .wakes()
        .then("approval void: policy-changed", "policy is now p2", "asked closing");
  }

  @Test
  void aHandOffVoidsIt() {
    settledDown()
        .when(new Command.TakeOver("ann"))
        .then(
            "approval void: lease-ended",
            "revoked closing for human: take-over",
            "granted human ann e3");
  }

  @Test
  void theBuyersWordsAloneDoNotVoidIt() {
    var story = resolves(settledDown().paused(), true);
    story.hears("m3");
    assertEquals(1, story.live().work().queue().size());
    story.resumed().wakes();
    assertEquals("permit", story.happened().getFirst());
  }

  @Test
  void aYesToOneProposalIsNotAYesToTheNext() {
    var story = settledDown();
    resolves(story.paused(), true).hears("m3");
    story.resumed().wakes().carriesOut();
    story.hears("m4").answers(concede(20));
    assertTrue(story.happened().contains("escalate by rights/right-needed"));
  }

  @Test
  void aPermitThatIsNotClaimedLeavesTheYesStanding() {
    var story = resolves(settledDown(), true);
    story.unclaimed(Reason.EXPIRED).then("lapsed: expired", "permit");
    assertEquals(1, story.live().work().approvals().size());
  }

  @Test
  void theBuyersWordsMeanwhileDoNotLoseAnApprovedAction() {
    var story = resolves(settledDown(), true).hears("m3").then("heard m3", "superseded");
    story.unclaimed(Reason.AUTHORITY_MOVED).then("lapsed: authority-moved", "permit");
  }

  @Test
  void aQuestionWithoutOneRightThatWouldDoGoesToAPerson() {
    Story.quoted()
        .hears("m2")
        .answers(quote(501))
        .then(
            "answered with 1",
            "closing proposes quote",
            "escalate by custom/custom",
            "escalated: quote",
            "asked closing");
  }
}
