package baton.handoff;

import static baton.handoff.Vocabulary.START;
import static baton.handoff.Vocabulary.disclose;
import static baton.handoff.Vocabulary.speak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Decision.Refusal;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.policy.Policy.Autonomy.Level;
import baton.handoff.port.Claims.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The engine writes first: each attempt is decided at its moment, and what leads nowhere ends.
class ReachingTest {
  private static final Action WRITE = new Action.InitiateContact("email");

  private static PolicySketch sketch() {
    var sketch = Policies.sketch();
    sketch.inbound = false;
    return sketch
        .level("initiate-contact", Level.BOUNDED, "")
        .fair("initiate-contact", "attempts", 3)
        .outreach("email", Duration.ofDays(3), Duration.ofDays(5));
  }

  private static Command.Open byEmail() {
    var address = Optional.of(Vocabulary.sealed("lead@example.com"));
    var id = Vocabulary.sealed("id");
    var buyer =
        new Command.Buyer("s1", "b", id, Optional.empty(), address, "Europe/Berlin", "", "smb");
    return new Command.Open("inbound-trial", "email", buyer);
  }

  private static Story begun() {
    return Story.blank(sketch().compile()).when(byEmail());
  }

  private static Story written() {
    return begun().answers(WRITE).carriesOut();
  }

  @Test
  void aConversationThatTheEngineBeginsHasNoContactAndItsHolderIsAskedAtOnce() {
    var story = begun();
    assertEquals(Optional.empty(), story.live().known().contact());
    story.thenOwed("Ask", "WakeAt");
    assertTrue(story.happened().stream().noneMatch(event -> event.startsWith("contact")));
  }

  @Test
  void theAddressGivenAtTheOpeningIsAFactOfTheOperator() {
    var fact = begun().live().known().facts().get(Signal.EMAIL);
    assertEquals(Fact.Source.OPERATOR, fact.source());
  }

  @Test
  void anAttemptIsFollowedByTheNextAfterThePolicysWait() {
    var story = written().then("confirmed", "follow-up planned over email");
    assertEquals(Optional.of(START.plus(Duration.ofDays(3))), Conversation.dueAt(story.state()));
  }

  @Test
  void nobodySpeaksToAnEmptyRoom() {
    written()
        .passes(Duration.ofDays(3))
        .wakes()
        .then("follow-up due over email", "asked booking")
        .answers(disclose())
        .then(
            "answered with 1",
            "booking proposes disclose",
            "deny by certainty/nobody-there",
            "asked booking");
  }

  @Test
  void silenceIsNotCountedWhereNobodyHasCome() {
    var story = written();
    assertEquals(Optional.empty(), story.live().work().silentAt());
  }

  @Test
  void whoeverComesEndsTheWaitAndIsGreeted() {
    written()
        .when(new Command.Arrive("chat"))
        .then("contact begins over chat", "asked booking")
        .thenOwed("Ask", "WakeAt")
        .answers(disclose(), speak())
        .carriesOut()
        .then("confirmed", "buyer's turn");
  }

  @Test
  void comingTwiceChangesNothingAndNeitherDoesComingToAChat() {
    written().when(new Command.Arrive("chat")).when(new Command.Arrive("chat")).thenNothing();
    Story.opened().when(new Command.Arrive("chat")).thenNothing();
  }

  @Test
  void aChannelThatThePolicyDoesNotHaveIsRefused() {
    written().when(new Command.Arrive("smoke")).thenRejected(Refusal.INVALID);
  }

  @Test
  void aBuyerWhoSpeaksHasCome() {
    var story = written().hears("m1");
    assertEquals("chat", story.live().known().contact().orElseThrow().channel());
    assertEquals(Optional.empty(), story.live().work().followUp());
  }

  @Test
  void theInvitationOnItsWayIsWorthlessOnceTheBuyerIsThere() {
    begun()
        .answers(WRITE)
        .when(new Command.Arrive("chat"))
        .then("contact begins over chat", "superseded")
        .unclaimed(Reason.AUTHORITY_MOVED)
        .then("lapsed: authority-moved", "asked booking");
  }

  @Test
  void afterTheLastAttemptTheLastWaitRunsOutAndTheConversationEnds() {
    var story = written();
    for (int days : new int[] {3, 5}) {
      story.passes(Duration.ofDays(days)).passes(untilMonday(story)).wakes();
      story.answers(WRITE).carriesOut().then("confirmed", "follow-up planned over email");
    }
    story
        .passes(Duration.ofDays(5))
        .wakes()
        .then(
            "follow-up due over email",
            "released booking: not-reached",
            "engine proposes close",
            "permit",
            "contact ends: not-reached",
            "closed: not-reached");
  }

  /// 2026-03-06 is a Friday: nothing is sent at a weekend.
  private static Duration untilMonday(Story story) {
    return switch (story.at().atOffset(java.time.ZoneOffset.UTC).getDayOfWeek()) {
      case SATURDAY -> Duration.ofDays(2);
      case SUNDAY -> Duration.ofDays(1);
      default -> Duration.ZERO;
    };
  }

  @Test
  void outsideTheHoursAnAttemptWaitsUntilTheyBegin() {
    var story = Story.blank(sketch().compile());
    story.passes(Duration.ofHours(10)).when(byEmail()).answers(WRITE);
    story.then(
        "answered with 1",
        "booking proposes initiate-contact",
        "defer by compliance/outside-hours",
        "follow-up planned over email",
        "asked booking");
    assertEquals(
        Instant.parse("2026-03-09T07:00:00Z"),
        story.live().work().followUp().orElseThrow().at(),
        "Monday, 8 o'clock in Berlin");
  }

  @Test
  void whatMayNeverBeSentEndsTheConversation() {
    var story = Story.blank(sketch().compile());
    story.standing(new Circumstances.Standing(false, 3)).when(byEmail()).answers(WRITE);
    story.then(
        "answered with 1",
        "booking proposes initiate-contact",
        "deny by fairness/too-intense",
        "released booking: not-allowed",
        "engine proposes close",
        "permit",
        "contact ends: not-allowed",
        "closed: not-allowed");
  }

  @Test
  void thePermitCarriesTheCapToTheClaim() {
    var story = begun().answers(WRITE);
    assertEquals(Optional.of(3), story.flight().permit().attemptsMax());
  }

  @Test
  void aCapReachedElsewhereBetweenDecisionAndClaimEndsTheConversation() {
    begun()
        .answers(WRITE)
        .unclaimed(Reason.CAPPED)
        .then(
            "lapsed: capped",
            "released booking: capped",
            "engine proposes close",
            "permit",
            "contact ends: capped",
            "closed: capped");
  }

  /// What this node knows of the buyer's standing lags: it permits what the claim refuses.
  @Test
  void aCapThatIsMetWhileTheBuyerIsThereIsNotTriedForEver() {
    var story = written().when(new Command.Arrive("chat")).answers(WRITE);
    for (int i = 0; i < 3; i++) story.unclaimed(Reason.CAPPED).then("lapsed: capped", "permit");
    story
        .unclaimed(Reason.CAPPED)
        .then("lapsed: capped", "dropped 1: its permit could not be claimed", "buyer's turn");
  }

  @Test
  void aPauseOutsideTheHoursIsNoReasonToGiveUp() {
    var story = Story.blank(sketch().compile());
    story.passes(Duration.ofHours(10)).when(byEmail()).paused().answers(WRITE);
    story.then(
        "answered with 1",
        "booking proposes initiate-contact",
        "defer by control/paused, compliance/outside-hours",
        "follow-up planned over email",
        "asked booking");
    assertEquals(
        Instant.parse("2026-03-09T07:00:00Z"),
        story.live().work().followUp().orElseThrow().at(),
        "Monday, 8 o'clock in Berlin");
  }

  @Test
  void anAgentThatDoesNothingAboutABuyerWhoIsNotThereLeavesNothingHanging() {
    begun()
        .answers()
        .then(
            "answered with 0",
            "released booking: not-reached",
            "engine proposes close",
            "permit",
            "contact ends: not-reached",
            "closed: not-reached");
  }

  @Test
  void anAttemptOfUnknownOutcomeIsWaitedForAndCountsOnce() {
    var story = begun().answers(WRITE).settles(new Outcome.Unknown("time-out"));
    story.settles(Outcome.confirmed(java.util.Map.of()));
    assertEquals(1, story.live().counted().of("attempts"));
    assertEquals(START.plus(Duration.ofDays(3)), story.live().work().followUp().orElseThrow().at());
  }

  @Test
  void whileNobodyKnowsWhetherALetterWentOutTheBuyerIsWaitedForThirtyDaysAndNotWrittenToAgain() {
    var story = begun().answers(WRITE).settles(new Outcome.Unknown("time-out"));
    story.passes(Duration.ofDays(3)).wakes().answers(WRITE);
    assertTrue(story.happened().contains("follow-up planned over email"), "it waits");
    assertEquals(START.plus(Duration.ofDays(6)), story.live().work().followUp().orElseThrow().at());
    assertEquals(1, story.live().counted().of("attempts"));

    var come = begun().answers(WRITE).settles(new Outcome.Unknown("time-out"));
    come.passes(Duration.ofDays(3)).wakes().answers(WRITE).when(new Command.Arrive("chat"));
    assertTrue(come.live().known().contact().isPresent(), "the link still opens");

    story.passes(Duration.ofDays(30)).wakes().answers(WRITE);
    assertTrue(story.happened().contains("released booking: not-reached"), "not for ever");
  }

  @Test
  void aLetterOfUnknownOutcomeAndTheWrongHourTogetherEndNothingEither() {
    var story = begun().answers(WRITE).settles(new Outcome.Unknown("time-out"));
    // Monday at 22 o'clock in Berlin.
    story.passes(Duration.ofDays(3).plusHours(10)).wakes().answers(WRITE);
    assertTrue(story.happened().contains("follow-up planned over email"), "it waits");
    assertEquals(
        Instant.parse("2026-03-10T07:00:00Z"),
        story.live().work().followUp().orElseThrow().at(),
        "Tuesday, 8 o'clock in Berlin");
  }

  @Test
  void withoutOutreachInThePolicyAChannelOpensAContactAsEver() {
    var sketch = Policies.sketch();
    sketch.channels.add("email");
    var story = Story.blank(sketch.compile()).when(byEmail());
    assertEquals("email", story.live().known().contact().orElseThrow().channel());
  }
}
