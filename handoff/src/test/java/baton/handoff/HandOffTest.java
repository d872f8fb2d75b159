package baton.handoff;

import static baton.handoff.Vocabulary.crm;
import static baton.handoff.Vocabulary.handOff;
import static baton.handoff.Vocabulary.product;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.toHuman;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.policy.Policy.SafeState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pass the baton, never the authority.
class HandOffTest {
  /// Transfer holds the conversation and may pass it on to closing.
  private static Story transfer() {
    return transfer(Policies.sketch());
  }

  private static Story transfer(PolicySketch sketch) {
    sketch.start = Role.TRANSFER;
    return Story.disclosed(sketch.compile()).hears("m1", product("team"));
  }

  private static Story passing() {
    return transfer().answers(handOff(Role.CLOSING));
  }

  @Test
  void aPermittedHandOffRevokesBeforeItOffers() {
    passing()
        .then(
            "answered with 1",
            "transfer proposes request-hand-off",
            "permit",
            "revoked transfer for closing: proposed")
        .thenOwed("Offer", "WakeAt");
  }

  @Test
  void betweenTheTwoNobodyMayAct() {
    var story = transfer();
    var more = story.answer(speak());
    story.answers(handOff(Role.CLOSING)).when(more).then("stale answer of transfer");
  }

  @Test
  void acceptingGrantsTheLeaseUnderANewEpoch() {
    passing()
        .accepts()
        .then("granted closing e3", "asked closing")
        .thenLease(new Lease.Held(Role.CLOSING, 3));
  }

  @Test
  void theNewHolderMustDiscloseAgain() {
    passing()
        .accepts()
        .answers(speak())
        .then(
            "answered with 1",
            "closing proposes speak",
            "deny by compliance/disclosure-missing",
            "asked closing");
  }

  @Test
  void theNewHolderStartsWithNoPermitNoApprovalAndNoProposal() {
    var story = transfer().answers(handOff(Role.CLOSING), speak(), crm());
    assertEquals(List.of(), story.live().work().queue());
    story.accepts();
    var work = story.live().work();
    assertTrue(work.flights().isEmpty() && work.approvals().isEmpty() && work.queue().isEmpty());
  }

  @Test
  void whatTheBuyerSaidMeanwhileReachesTheNewHolder() {
    var story = passing().hears("m2").then("heard m2").accepts();
    var prompts = story.live().work().ask().orElseThrow().prompts();
    assertEquals(new Prompt.Started(Role.TRANSFER), prompts.getFirst());
    assertTrue(prompts.getLast() instanceof Prompt.Heard);
  }

  @Test
  void theOfferNamesTheContract() {
    var story = passing();
    var offer = Conversation.outbox(story.state()).getFirst();
    assertEquals(new Call.Offer(Role.TRANSFER, Role.CLOSING, 2, List.of("product")), offer);
  }

  @Test
  void aRefusalEndsInTheEdgesSafeState() {
    var story = passing();
    story
        .when(story.reply(false))
        .then(
            "hand-off transfer to closing failed: not-ready",
            "released transfer: not-ready",
            "escalated: not-ready",
            "engine proposes speak",
            "permit")
        .thenLease(new Lease.Nobody("not-ready", Role.TRANSFER, 3));
  }

  @Test
  void aRefusedHandOffMayReturnToTheOneBefore() {
    var sketch = Policies.sketch().edge(Role.TRANSFER, Role.CLOSING, SafeState.RETURN, 2);
    var story = transfer(sketch).answers(handOff(Role.CLOSING));
    story
        .when(story.reply(false))
        .then(
            "hand-off transfer to closing failed: not-ready",
            "granted transfer e3",
            "asked transfer");
  }

  @Test
  void aRefusedHandOffMayEndTheConversation() {
    var sketch = Policies.sketch().edge(Role.TRANSFER, Role.CLOSING, SafeState.CLOSE, 2);
    var story = transfer(sketch).answers(handOff(Role.CLOSING));
    story
        .when(story.reply(false))
        .then(
            "hand-off transfer to closing failed: not-ready",
            "released transfer: not-ready",
            "engine proposes speak",
            "engine proposes close",
            "permit")
        .carriesOut()
        .then("confirmed", "permit", "contact ends: not-ready", "closed: not-ready");
  }

  @Test
  void anOfferThatIsNotAnsweredInTimeCountsAsRefused() {
    passing()
        .passes(Duration.ofSeconds(30))
        .wakes()
        .then(
            "hand-off transfer to closing failed: not-answered",
            "released transfer: not-answered",
            "escalated: not-answered",
            "engine proposes speak",
            "permit");
  }

  @Test
  void aReplyAfterTheTimeOutIsStale() {
    var story = passing();
    var late = story.reply(true);
    story.passes(Duration.ofSeconds(30)).wakes().when(late).then("stale reply of closing");
  }

  @Test
  void aReplyOfAnotherRoleIsStale() {
    var story = passing();
    story.when(new Command.Reply(Role.BOOKING, 2, true, "")).then("stale reply of booking");
  }

  @Test
  void anAgentCannotAcceptInAPersonsName() {
    var story = transfer().answers(toHuman()).carriesOut();
    story.when(new Command.Reply(Role.HUMAN, story.live().lease().epoch(), true, ""));
    story.then("stale reply of human");
  }

  @Test
  void whatTheEngineCouldNotSayDuringTheHandOffIsNotSaidAfterIt() {
    var story = transfer().answers(toHuman());
    story.paused().settles(Outcome.confirmed());
    assertEquals("defer by control/paused", story.happened().getLast());
    story.passes(Duration.ofMinutes(1)).resumed().wakes();
    story.then(
        "hand-off transfer to human failed: not-answered", "granted transfer e3", "asked transfer");
  }

  @Test
  void aHandOffOutsideTheTableIsDenied() {
    transfer()
        .answers(handOff(Role.BOOKING))
        .then(
            "answered with 1",
            "transfer proposes request-hand-off",
            "deny by scope/no-such-transition",
            "asked transfer");
  }

  @Test
  void aGuardThatDoesNotHoldDefers() {
    Story.disclosed()
        .hears("m1")
        .answers(handOff(Role.TRANSFER))
        .then(
            "answered with 1",
            "booking proposes request-hand-off",
            "defer by consent/consent-missing, certainty/fact-missing, certainty/fact-missing",
            "asked booking");
  }

  @Test
  void theBounceCeilingEndsAGameOfPassing() {
    var sketch = Policies.sketch().edge(Role.TRANSFER, Role.CLOSING, SafeState.RETURN, 2);
    var story = transfer(sketch);
    for (int i = 0; i < 2; i++) {
      story.answers(handOff(Role.CLOSING));
      story.when(story.reply(false));
    }
    story
        .answers(handOff(Role.CLOSING))
        .then(
            "answered with 1",
            "transfer proposes request-hand-off",
            "deny by limits/bounce-ceiling",
            "asked transfer");
  }

  @Test
  void anOfferToAPersonEndsTheRolesLeaseOnceItIsMade() {
    transfer()
        .answers(toHuman())
        .then("answered with 1", "transfer proposes transfer-to-human", "permit")
        .settles(Outcome.confirmed())
        .then(
            "confirmed", "revoked transfer for human: proposed", "engine proposes speak", "permit");
  }
}
