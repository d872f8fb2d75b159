package baton.handoff;

import static baton.handoff.Vocabulary.START;
import static baton.handoff.Vocabulary.ask;
import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.concede;
import static baton.handoff.Vocabulary.handOff;
import static baton.handoff.Vocabulary.product;
import static baton.handoff.Vocabulary.reads;
import static baton.handoff.Vocabulary.seats;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.stop;
import static baton.handoff.Vocabulary.words;
import static baton.handoff.Vocabulary.yes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Decision.Refusal;
import baton.handoff.action.Action;
import baton.handoff.fact.Consent;
import baton.handoff.policy.Policy.Autonomy.Level;
import baton.handoff.port.Claims.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The buyer hangs up, or was a machine: nothing more is said, and the conversation waits.
class LeavingTest {
  private static final Command HANGS_UP = new Command.Leave(Command.Leave.How.HUNG_UP);
  private static final Command WAS_A_MACHINE = new Command.Leave(Command.Leave.How.VOICEMAIL);
  private static final Action CALL = new Action.InitiateContact("chat");

  /// The sketch counts two minutes as a silence, and closes after two silences.
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Test
  void whoeverHangsUpIsWaitedForAndTheClockOfTheirSilenceStops() {
    var story = Story.disclosed().when(HANGS_UP);
    story.then("contact ends: hung-up", "follow-up planned over chat").thenOwed("WakeAt");
    assertEquals(Optional.of(START.plus(PATIENCE)), Conversation.dueAt(story.state()));
    assertEquals(Optional.empty(), story.live().work().silentAt());
    assertEquals(Optional.empty(), story.live().known().contact());
  }

  @Test
  void aSecondWordOfItChangesNothing() {
    Story.disclosed().when(HANGS_UP).when(HANGS_UP).thenNothing().when(WAS_A_MACHINE).thenNothing();
  }

  @Test
  void whoeverHasNotComeCannotLeaveAndAfterTheEndNothingIsLeft() {
    Story.blank(Policies.sample()).when(HANGS_UP).thenRejected(Refusal.UNKNOWN);
    Story.opened().when(new Command.End("ann", "enough")).when(HANGS_UP).thenNothing();
  }

  @Test
  void whatWasThoughtIsVoidAndNobodyIsAsked() {
    var story = Story.disclosed().hears("m1").when(HANGS_UP);
    story.then("contact ends: hung-up", "follow-up planned over chat").thenOwed("WakeAt");
    assertEquals(Optional.empty(), story.live().work().ask());
  }

  @Test
  void aLateAnswerIsSetAside() {
    var story = Story.disclosed().hears("m1");
    var answer = story.answer(speak());
    story.when(HANGS_UP).when(answer).then("stale answer of booking");
  }

  @Test
  void aSentenceOnItsWayIsVoidAndNotSaidToWhoeverComesBack() {
    var story = Story.disclosed().hears("m1").answers(speak(), book()).when(HANGS_UP);
    story.then("contact ends: hung-up", "superseded", "follow-up planned over chat");
    story.thenOwed("Conclude", "WakeAt").unclaimed(Reason.AUTHORITY_MOVED);
    story.then("lapsed: authority-moved");
    assertEquals(List.of(), story.live().work().queue());
  }

  @Test
  void aPermitThatLapsesOnlyAfterTheReturnIsNotMeantAnyMoreEither() {
    var story = Story.disclosed().hears("m1").answers(speak()).when(HANGS_UP);
    story.when(new Command.Arrive("chat")).unclaimed(Reason.AUTHORITY_MOVED);
    story.then("lapsed: authority-moved", "asked booking");
  }

  @Test
  void aQuestionThatWasStillSaidIsAskedOfNobody() {
    var story = Story.disclosed().hears("m1").answers(ask("meeting")).when(HANGS_UP);
    story.settles(Outcome.confirmed());
    assertEquals("", story.live().known().question());
    story.hears("m2", yes());
    assertFalse(story.live().known().facts().containsKey("confirmed.meeting"));
  }

  @Test
  void anAnswerThatWasSaidInPartIsNotGoneOnWith() {
    var story = Story.disclosed().hears("m1").begins(speak()).settles(Outcome.confirmed());
    story.when(HANGS_UP).then("contact ends: hung-up", "follow-up planned over chat");
    assertEquals(Optional.empty(), story.live().work().unfinished());
    story.when(new Command.Arrive("chat")).then("contact begins over chat", "asked booking");
    assertEquals(List.of("Voiced", "Arrived"), told(story), "so the holder knows what was heard");

    var machine = Story.disclosed().hears("m1").begins(speak()).when(WAS_A_MACHINE);
    machine.settles(Outcome.confirmed()).when(new Command.Arrive("chat"));
    assertEquals(List.of("Arrived"), told(machine), "nobody has heard anything");
  }

  private static List<String> told(Story story) {
    return story.live().work().ask().orElseThrow().prompts().stream()
        .map(prompt -> prompt.getClass().getSimpleName())
        .toList();
  }

  @Test
  void aYesAfterTheReturnAnswersNoQuestionFromBefore() {
    var story = ConsentStory.asked(Story.disclosed(), "contact").when(HANGS_UP);
    story.hears("m9", yes());
    story.answers(reads("contact", Consent.State.GRANTED, story.hearing()));
    story.then(
        "answered with 1",
        "booking proposes interpret-consent",
        "deny by consent/consent-not-supported",
        "asked booking");
  }

  @Test
  void whoeverComesBackGoesOnWhereItWas() {
    var story = Story.disclosed().hears("m1", product("team")).when(HANGS_UP);
    story.hears("m2", seats(20));
    story.then("contact begins over chat", "heard m2", "observed seats=20", "asked booking");
    assertEquals(2, story.live().known().contacts().size());
    assertTrue(story.live().known().disclosed().containsKey("ai"), "the buyer has heard it");
    assertEquals(Optional.empty(), story.live().work().followUp());
    story.answers(speak()).then("answered with 1", "booking proposes speak", "permit");
  }

  @Test
  void whoeverComesBackAndSaysNothingIsAnsweredWhatWasLeftOpen() {
    var story = Story.disclosed().hears("m1").when(HANGS_UP).when(new Command.Arrive("phone"));
    story.then("contact begins over phone", "asked booking");
    assertEquals(List.of("Heard", "Arrived"), told(story));
  }

  @Test
  void whoeverDoesNotComeBackIsNotPursuedWhereTheEngineDoesNotReachOut() {
    Story.disclosed()
        .when(HANGS_UP)
        .passes(PATIENCE)
        .wakes()
        .then(
            "follow-up due over chat",
            "released booking: not-reached",
            "engine proposes close",
            "permit",
            "contact ends: not-reached",
            "closed: not-reached");
  }

  @Test
  void theEndOfAContactIsKeptWhenTheConversationEndsLater() {
    var story = Story.disclosed().when(HANGS_UP).passes(PATIENCE).wakes();
    var last = ((State.Closed) story.state()).last();
    assertEquals(Optional.of(START), last.known().contacts().getLast().until());
  }

  /// An engine that writes first, and is told by its channel who is there.
  private static Story called() {
    var sketch = Policies.sketch();
    sketch.inbound = false;
    sketch
        .level("initiate-contact", Level.BOUNDED, "")
        .outreach("chat", Duration.ofHours(3), Duration.ofDays(3));
    return Story.blank(sketch.compile())
        .when(new Command.Open("inbound-trial", "chat", Vocabulary.buyer("Europe/Berlin")))
        .answers(CALL)
        .carriesOut()
        .when(new Command.Arrive("chat"));
  }

  @Test
  void whereTheEngineReachesOutTheNextAttemptFollowsAfterThePolicysWait() {
    var story = called().answers(Vocabulary.disclose()).carriesOut().when(WAS_A_MACHINE);
    story.then("contact ends: voicemail", "follow-up planned over chat");
    assertEquals(
        START.plus(Duration.ofHours(3)), story.live().work().followUp().orElseThrow().at());

    story.passes(Duration.ofHours(3)).wakes().then("follow-up due over chat", "asked booking");
    story.answers(CALL).then("answered with 1", "booking proposes initiate-contact", "permit");
  }

  @Test
  void afterTheLastAttemptAMachineIsTheEnd() {
    var story = called();
    for (var wait : List.of(Duration.ofHours(3), Duration.ofDays(3))) {
      story.when(WAS_A_MACHINE).passes(wait).wakes().answers(CALL).carriesOut();
      story.when(new Command.Arrive("chat"));
    }
    story.when(WAS_A_MACHINE).passes(PATIENCE).wakes();
    assertEquals("closed: not-reached", story.happened().getLast());
  }

  @Test
  void anAgentThatSpeaksIntoTheEmptyRoomIsToldWhyNot() {
    var story = called().when(WAS_A_MACHINE).passes(Duration.ofHours(3)).wakes();
    story.answers(Vocabulary.disclose());
    assertEquals(
        List.of("answered with 1", "booking proposes disclose", "deny by certainty/voicemail"),
        story.happened().subList(0, 3));
  }

  @Test
  void whatAMachineWasToldNobodyWasTold() {
    var story = Story.disclosed().when(WAS_A_MACHINE);
    assertEquals(Map.of(), story.live().known().disclosed());
    story.hears("m1").answers(speak());
    assertTrue(story.happened().contains("deny by compliance/disclosure-missing"), "said again");
  }

  @Test
  void whatAMachineSaidIsNobodysConsentAndNobodysFact() {
    var story = ConsentStory.granted("contact").hears("m3", product("team")).when(WAS_A_MACHINE);
    story.then(
        "contact ends: voicemail",
        "consent to contact is unclear",
        "observed product=team",
        "follow-up planned over chat");
    assertEquals(Consent.State.UNCLEAR, story.live().known().consents().get("contact").state());
    assertFalse(story.live().known().facts().get("product").freshAt(story.at()));
    assertEquals(Optional.empty(), story.live().known().heard());
    assertEquals(List.of(), story.live().work().prompts());
  }

  @Test
  void whatAPersonSaidBeforeStands() {
    var story = ConsentStory.granted("contact").hears("m3", product("team")).when(HANGS_UP);
    story.passes(Duration.ofMinutes(1)).when(new Command.Arrive("phone")).when(WAS_A_MACHINE);
    assertEquals(Consent.State.GRANTED, story.live().known().consents().get("contact").state());
    assertTrue(story.live().known().facts().get("product").freshAt(story.at()));
  }

  @Test
  void aWishToBeLeftAloneStaysAWish() {
    var story = Story.disclosed().hears("m1", stop()).when(WAS_A_MACHINE);
    story.then("contact ends: voicemail", "superseded").unclaimed(Reason.AUTHORITY_MOVED);
    story.then(
        "lapsed: authority-moved",
        "deny by certainty/voicemail",
        "permit",
        "contact ends: opted-out",
        "closed: opted-out");
  }

  @Test
  void anApprovalThatAMachineAskedForIsVoid() {
    var sketch = Policies.sketch();
    var story = Story.quoted(sketch).hears("m2").answers(concede(20)).carriesOut().answers();
    story.when(WAS_A_MACHINE);
    assertTrue(story.happened().contains("approval void: voicemail"));
    assertEquals(Map.of(), story.live().work().approvals());
  }

  @Test
  void anApprovalThatABuyerAskedForWaitsOn() {
    var story = Story.quoted().hears("m2").answers(concede(20)).carriesOut().answers();
    story.when(HANGS_UP).then("contact ends: hung-up", "follow-up planned over chat");
    assertEquals(1, story.live().work().approvals().size());
  }

  @Test
  void withAPersonOnTheLineTheContactEndsAndNothingElse() {
    var story = Story.disclosed().when(new Command.TakeOver("ann")).when(HANGS_UP);
    story.then("contact ends: hung-up");
    story
        .when(new Command.Say("h1", "body-h1", "ann", words()))
        .then("human said h1", "human proposes speak", "deny by certainty/hung-up");
  }

  @Test
  void whoeverIsHandedAConversationWhoseBuyerIsAwayWaitsToo() {
    var story = Story.disclosed().when(new Command.TakeOver("ann")).when(HANGS_UP);
    story.passes(Duration.ofHours(1)).when(new Command.HandBack("ann")).accepts();
    story.then("granted booking e5", "follow-up planned over chat").thenOwed("WakeAt");
  }

  @Test
  void aHandOffGoesOnWithoutTheBuyer() {
    var sketch = Policies.sketch();
    sketch.start = Role.TRANSFER;
    var story = Story.disclosed(sketch.compile()).hears("m1", product("team"));
    story.answers(handOff(Role.CLOSING)).when(HANGS_UP).then("contact ends: hung-up");
    story.accepts().then("granted closing e3", "follow-up planned over chat");
  }

  @Test
  void whileTheEngineIsPausedTheBuyerMayLeaveAndTheWaitGoesOn() {
    var story = Story.disclosed().paused().when(HANGS_UP);
    story.then("contact ends: hung-up", "follow-up planned over chat");
    story.passes(PATIENCE).wakes().thenNothing().resumed().wakes();
    assertEquals("closed: not-reached", story.happened().getLast());
  }

  @Test
  void comingAndGoingIsBounded() {
    var story = Story.disclosed().when(HANGS_UP);
    for (int contacts = 1; contacts < Presence.CONTACTS_MAX; contacts++) {
      story.when(new Command.Arrive("chat")).when(HANGS_UP);
    }
    story.when(new Command.Arrive("chat")).thenRejected(Refusal.CONFLICT);
  }

  @Test
  void anOperatorsReasonThatReadsLikeOneIsTheEndAllTheSame() {
    var story = Story.disclosed().when(new Command.End("ann", "voicemail"));
    assertTrue(story.state() instanceof State.Closed);
  }
}
