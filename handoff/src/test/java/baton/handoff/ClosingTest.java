package baton.handoff;

import static baton.handoff.Vocabulary.close;
import static baton.handoff.Vocabulary.findSlots;
import static baton.handoff.Vocabulary.open;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.stop;
import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Decision.Refusal;
import baton.handoff.port.Claims.Reason;
import org.junit.jupiter.api.Test;

/// The end, and what may still come after it.
class ClosingTest {
  private static Story closed() {
    return Story.disclosed().hears("m1").answers(close());
  }

  private static Story closedInFlight() {
    return Story.disclosed().hears("m1").answers(findSlots()).when(new Command.End("ann", "done"));
  }

  @Test
  void aRoleMayCloseWhereItsMandateSaysSo() {
    closed()
        .then(
            "answered with 1",
            "booking proposes close",
            "permit",
            "contact ends: goodbye",
            "closed: goodbye")
        .thenOwed();
  }

  @Test
  void closingRaisesTheEpochOnceMore() {
    closed().thenLease(new Lease.Nobody("goodbye", Role.BOOKING, 2));
  }

  @Test
  void aMessageToAClosedConversationIsRefused() {
    closed().hears("m2").thenRejected(Refusal.CLOSED);
    closed().hears("m1").thenNothing();
    closed().hears("m2", stop()).thenRejected(Refusal.CLOSED);
  }

  @Test
  void peopleAreToldThatItIsClosed() {
    closed().when(new Command.TakeOver("ann")).thenRejected(Refusal.CLOSED);
    closed().when(new Command.HandBack("ann")).thenRejected(Refusal.CLOSED);
    closed().when(new Command.Resolve(3, "ann", true, "")).thenRejected(Refusal.CLOSED);
  }

  @Test
  void whatComesLateChangesNothing() {
    closed().wakes().thenNothing();
    closed().when(new Command.Answer(Role.BOOKING, 1, 9, java.util.List.of(speak()))).thenNothing();
    closed().when(new Command.Reply(Role.BOOKING, 1, true, "")).thenNothing();
    closed().when(new Command.End("ann", "again")).thenNothing();
    closed().when(open()).thenNothing();
  }

  @Test
  void whatIsInFlightIsStillConcluded() {
    closedInFlight().thenOwed("Conclude").settles(Outcome.confirmed()).then("confirmed").thenOwed();
    closedInFlight().unclaimed(Reason.AUTHORITY_MOVED).then("lapsed: authority-moved").thenOwed();
  }

  @Test
  void anUnknownOutcomeIsLookedUpEvenAfterTheEnd() {
    var story = closedInFlight().settles(new Outcome.Unknown("timeout"));
    story.then("unknown: timeout").thenOwed("LookUp");
    story.settles(new Outcome.Failed("never-done")).then("failed: never-done").thenOwed();
  }

  @Test
  void aNewPolicyIsNoMatterForAClosedConversation() {
    closedInFlight()
        .policy(Policies.sketch().hash("p2").compile())
        .settles(Outcome.confirmed())
        .then("confirmed");
  }

  @Test
  void afterARestartAPermitOnItsWayIsConcludedBeforeItIsClaimedAgain() {
    var story = Story.disclosed().hears("m1").answers(speak());
    var owed = Step.owedAfterRestart(story.state());
    var flight = story.flight();
    assertEquals(new Call.Conclude(flight.permit(), flight.proposal().action()), owed.getFirst());
  }

  @Test
  void afterARestartTheHolderIsAskedAgainUnderTheSameNumber() {
    var story = Story.disclosed().hears("m1");
    assertEquals(Conversation.outbox(story.state()), Step.owedAfterRestart(story.state()));
  }
}
