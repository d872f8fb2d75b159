package baton.handoff;

import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.signal;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.stop;
import static baton.handoff.Vocabulary.toHuman;
import static baton.handoff.Vocabulary.withdraw;
import static baton.handoff.Vocabulary.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Decision.Refusal;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.port.Claims.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// An operator takes over, speaks and hands back, by the same protocol.
class PeopleTest {
  private static final Command TAKE = new Command.TakeOver("ann");

  private static Command says(String message, Signal... features) {
    return new Command.Say(message, "body-" + message, "ann", words(features));
  }

  @Test
  void takingOverRevokesBeforeItGrants() {
    Story.disclosed()
        .hears("m1")
        .when(TAKE)
        .then("revoked booking for human: take-over", "granted human ann e3")
        .thenLease(new Lease.WithHuman("ann", Role.BOOKING, 3))
        .thenOwed();
  }

  @Test
  void takingOverTwiceIsTakingOverOnce() {
    Story.disclosed().when(TAKE).when(TAKE).thenNothing();
  }

  @Test
  void anotherOperatorCannotTakeItAway() {
    Story.disclosed()
        .when(TAKE)
        .when(new Command.TakeOver("bob"))
        .thenRejected(Refusal.CONFLICT)
        .when(new Command.HandBack("bob"))
        .thenRejected(Refusal.CONFLICT);
  }

  @Test
  void takingOverVoidsWhatIsOnItsWay() {
    Story.disclosed().hears("m1").answers(speak()).when(TAKE).thenOwed("Conclude");
  }

  @Test
  void anAgentThatAnswersAfterwardsIsStale() {
    var story = Story.disclosed().hears("m1");
    var late = story.answer(speak());
    story.when(TAKE).when(late).then("stale answer of booking");
  }

  @Test
  void aPersonWhoIsOfferedTheConversationTakesIt() {
    Story.disclosed()
        .hears("m1")
        .answers(toHuman())
        .settles(Outcome.confirmed())
        .then("confirmed", "revoked booking for human: proposed", "engine proposes speak", "permit")
        .carriesOut()
        .when(TAKE)
        .then("granted human ann e3");
  }

  @Test
  void anOfferThatNobodyTakesReturnsToTheRole() {
    Story.disclosed()
        .hears("m1")
        .answers(toHuman())
        .carriesOut()
        .passes(Duration.ofMinutes(1))
        .wakes()
        .then(
            "hand-off booking to human failed: not-answered",
            "granted booking e3",
            "asked booking");
  }

  @Test
  void whatAPersonSaysIsGatedAndClaimedLikeAnySpeech() {
    Story.disclosed()
        .when(TAKE)
        .when(says("h1"))
        .then("human said h1", "human proposes speak", "permit")
        .thenOwed("Perform");
  }

  @Test
  void aPersonMayNotPromiseWhatThePolicyForbids() {
    Story.disclosed()
        .when(TAKE)
        .when(says("h1", signal(Signal.CLAIM, Value.of("guaranteed-return"), 90)))
        .then("human said h1", "human proposes speak", "deny by language/language");
  }

  @Test
  void whoHasNotTakenTheConversationCannotSpeakInIt() {
    Story.disclosed().when(says("h1")).thenRejected(Refusal.CONFLICT);
    Story.disclosed()
        .when(new Command.TakeOver("bob"))
        .when(says("h1"))
        .thenRejected(Refusal.CONFLICT);
  }

  @Test
  void aPersonsMessageIsTakenOnce() {
    var other = new Command.Say("h1", "other", "ann", words());
    Story.disclosed()
        .when(TAKE)
        .when(says("h1"))
        .when(says("h1"))
        .thenNothing()
        .when(other)
        .thenRejected(Refusal.CONFLICT);
  }

  @Test
  void whatPeopleSayHasTheSameBound() {
    var story = Story.disclosed().when(TAKE);
    for (int i = 0; i < FromBuyer.MESSAGES_MAX; i++) story.when(says("h" + i)).carriesOut();
    story.when(says("one-more")).thenRejected(Refusal.CONFLICT);
  }

  @Test
  void whileAPersonHasItTheBuyersWordsAskNoAgent() {
    Story.disclosed().when(TAKE).hears("m2").then("heard m2").thenOwed();
  }

  @Test
  void handingBackOffersTheLeaseToTheRoleThatHadIt() {
    Story.disclosed()
        .when(TAKE)
        .when(new Command.HandBack("ann"))
        .then("revoked human for booking: hand-back")
        .thenOwed("Offer", "WakeAt")
        .accepts()
        .then("granted booking e5", "asked booking");
  }

  @Test
  void aHandBackThatNobodyTakesCallsAPersonAgain() {
    var story = Story.disclosed().when(TAKE).when(new Command.HandBack("ann"));
    story
        .when(story.reply(false))
        .then(
            "hand-off human to booking failed: not-ready",
            "released human: not-ready",
            "escalated: not-ready",
            "engine proposes speak",
            "permit");
  }

  @Test
  void anOptOutBindsPeopleToo() {
    var story = Story.disclosed().when(TAKE).hears("m2", stop());
    assertTrue(story.live().known().optedOut());
    story.when(TAKE).unclaimed(Reason.AUTHORITY_MOVED).when(says("h1"));
    assertEquals("deny by consent/opted-out", story.happened().getLast());
  }

  @Test
  void anOperatorMayEndTheConversation() {
    Story.disclosed()
        .when(new Command.End("ann", "spam"))
        .then("contact ends: spam", "closed: spam");
  }

  @Test
  void whatAPersonSaidIsNotLostWhenTheBuyerTakesAConsentBackMeanwhile() {
    ConsentStory.granted("contact")
        .when(TAKE)
        .when(says("h1"))
        .hears("m9", withdraw("contact"))
        .unclaimed(Reason.AUTHORITY_MOVED)
        .then("lapsed: authority-moved", "permit");
  }

  @Test
  void aFixedLineMayBeSaidByAPerson() {
    var story = Story.disclosed().when(TAKE);
    var words = ((baton.handoff.action.Action.Speak) line("goodbye")).words();
    story
        .when(new Command.Say("h1", "b", "ann", words))
        .then("human said h1", "human proposes speak", "permit");
  }

  @Test
  void takingOverUsesUpNoCeilingOfTheRole() {
    var story = Story.disclosed().when(TAKE).when(new Command.HandBack("ann"));
    assertEquals(0, story.live().counted().of("hand-offs.booking>human"));
    assertEquals(0, story.live().counted().of("hand-offs"));
  }
}
