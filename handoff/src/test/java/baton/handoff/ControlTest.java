package baton.handoff;

import static baton.handoff.Vocabulary.findSlots;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.stop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.policy.Policy;
import baton.handoff.port.Claims.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Pauses and new policies.
class ControlTest {
  private static final Policy NEXT = Policies.sketch().hash("p2").compile();

  @Test
  void whilePausedProposalsAreHeld() {
    Story.disclosed()
        .hears("m1")
        .paused()
        .answers(speak(), findSlots())
        .then(
            "answered with 2",
            "booking proposes speak",
            "booking proposes find-slots",
            "defer by control/paused")
        .thenOwed();
  }

  @Test
  void aWakeWhilePausedChangesNothing() {
    Story.disclosed().hears("m1").paused().answers(speak()).wakes().thenNothing();
  }

  @Test
  void aWakeAfterThePauseGoesOnWhereItWas() {
    Story.disclosed().hears("m1").paused().answers(speak()).resumed().wakes().then("permit");
  }

  @Test
  void whilePausedTheBuyerIsHeardAndTheWordsReplaceWhatIsHeld() {
    Story.disclosed()
        .hears("m1")
        .paused()
        .answers(speak())
        .hears("m2")
        .then("heard m2", "superseded", "asked booking");
  }

  @Test
  void whilePausedNoDeadlineActs() {
    Story.disclosed()
        .hears("m1")
        .answers()
        .paused()
        .passes(Duration.ofHours(1))
        .wakes()
        .thenNothing();
  }

  @Test
  void whilePausedAnOptOutIsStillTakenAndConfirmedLater() {
    var story = Story.disclosed().paused().hears("m1", stop());
    story.then(
        "heard m1",
        "opted out",
        "released booking: opted-out",
        "engine proposes speak",
        "engine proposes close",
        "defer by control/paused");
    assertTrue(story.live().known().optedOut());
    story.resumed().wakes().then("permit").carriesOut();
    story.then("confirmed", "permit", "contact ends: opted-out", "closed: opted-out");
  }

  @Test
  void aNewPolicyIsRecordedBeforeAnythingElseIsDecided() {
    Story.disclosed()
        .policy(NEXT)
        .hears("m1")
        .then("policy is now p2", "heard m1", "asked booking");
  }

  @Test
  void aNewPolicyVoidsThePermitOnItsWay() {
    Story.disclosed()
        .hears("m1")
        .answers(speak())
        .policy(NEXT)
        .wakes()
        .then("policy is now p2")
        .thenOwed("Conclude");
  }

  @Test
  void anActionWhosePermitANewPolicyVoidedIsDecidedAgainUnderIt() {
    var story = Story.disclosed().hears("m1").answers(speak(), findSlots()).policy(NEXT).wakes();
    story.unclaimed(Reason.AUTHORITY_MOVED).then("lapsed: authority-moved", "permit");
    assertEquals("speak", story.flight().permit().kind());
  }

  @Test
  void aClaimRefusedForANewPolicyIsDecidedAgainUnderIt() {
    var story = Story.disclosed().hears("m1").answers(speak(), findSlots()).policy(NEXT);
    story.unclaimed(Reason.POLICY_MOVED).then("policy is now p2", "lapsed: policy-moved", "permit");
    assertEquals("speak", story.flight().permit().kind());
    assertEquals("p2", story.flight().permit().policy());
  }

  @Test
  void whatANewPolicyForbidsIsNotPermittedAnyMore() {
    var stricter = Policies.sketch().hash("p2").never(Role.BOOKING, "find-slots").compile();
    Story.disclosed()
        .hears("m1")
        .paused()
        .answers(findSlots())
        .policy(stricter)
        .resumed()
        .wakes()
        .then("policy is now p2", "deny by mandate/prohibited", "asked booking");
  }
}
