package baton.handoff;

import static baton.handoff.Vocabulary.buyer;
import static baton.handoff.Vocabulary.open;
import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Circumstances.Standing;
import baton.handoff.Decision.Refusal;
import org.junit.jupiter.api.Test;

/// How a conversation begins.
class OpeningTest {
  @Test
  void openingGrantsTheFirstRoleAndAsksIt() {
    Story.blank(Policies.sample())
        .when(open())
        .then(
            "opened inbound-trial over chat",
            "policy is now p1",
            "contact begins over chat",
            "granted booking e1",
            "asked booking")
        .thenLease(new Lease.Held(Role.BOOKING, 1))
        .thenOwed("Ask", "WakeAt");
  }

  @Test
  void openingAgainWithTheSameBodyChangesNothing() {
    Story.opened().when(open()).thenNothing();
  }

  @Test
  void openingAgainWithAnotherBodyIsAConflict() {
    var buyer = buyer("Europe/Berlin");
    var other =
        new Command.Buyer(
            buyer.subject(), "other", buyer.id(), buyer.phone(), buyer.email(), "", "", "");
    Story.opened()
        .when(new Command.Open("inbound-trial", "chat", other))
        .thenRejected(Refusal.CONFLICT);
  }

  @Test
  void aChannelThatTheCampaignDoesNotUseIsRefused() {
    Story.blank(Policies.sample())
        .when(new Command.Open("inbound-trial", "pigeon", buyer("")))
        .thenRejected(Refusal.INVALID);
  }

  @Test
  void nothingButOpeningIsAnsweredBeforeThereIsAConversation() {
    Story.blank(Policies.sample()).hears("m1").thenRejected(Refusal.UNKNOWN);
    Story.blank(Policies.sample()).wakes().thenRejected(Refusal.UNKNOWN);
    Story.blank(Policies.sample()).when(new Command.TakeOver("ann")).thenRejected(Refusal.UNKNOWN);
  }

  @Test
  void aBuyerWhoHasOptedOutElsewhereIsToldSoAndLeftAlone() {
    Story.blank(Policies.sample())
        .standing(new Standing(true, 0))
        .when(open())
        .then(
            "opened inbound-trial over chat",
            "policy is now p1",
            "contact begins over chat",
            "granted booking e1",
            "opted out",
            "released booking: opted-out",
            "engine proposes speak",
            "engine proposes close",
            "permit")
        .carriesOut()
        .then("confirmed", "permit", "contact ends: opted-out", "closed: opted-out");
  }

  @Test
  void eventsAreNumberedFromOneWithoutAGap() {
    var story = Story.disclosed();
    long next = 1;
    for (var entry : story.journal()) {
      assertEquals(next, entry.first());
      next = entry.last() + 1;
    }
    assertEquals(next - 1, story.seq());
  }
}
