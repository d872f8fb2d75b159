package baton.handoff;

import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.choice;
import static baton.handoff.Vocabulary.no;
import static baton.handoff.Vocabulary.reads;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.vague;
import static baton.handoff.Vocabulary.withdraw;
import static baton.handoff.Vocabulary.yes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.fact.Consent;
import baton.handoff.fact.Consent.State;
import org.junit.jupiter.api.Test;

/// A consent is asked, answered and read; ambiguity counts as no, and withdrawal at once.
class ConsentTest {
  @Test
  void aPlainYesToTheQuestionIsAConsent() {
    ConsentStory.granted("contact")
        .then(
            "answered with 1",
            "booking proposes interpret-consent",
            "permit",
            "consent to contact is granted",
            "buyer's turn");
  }

  @Test
  void aVagueAnswerIsNotAConsent() {
    var story = ConsentStory.asked(Story.disclosed(), "contact").hears("m2", yes(), vague());
    story
        .answers(reads("contact", State.GRANTED, story.hearing()))
        .then(
            "answered with 1",
            "booking proposes interpret-consent",
            "deny by consent/consent-not-supported",
            "asked booking")
        .answers(reads("contact", State.UNCLEAR, story.hearing()))
        .then(
            "answered with 1",
            "booking proposes interpret-consent",
            "permit",
            "consent to contact is unclear",
            "buyer's turn");
  }

  @Test
  void aNoIsAlwaysBelieved() {
    var story = ConsentStory.asked(Story.disclosed(), "contact").hears("m2", no());
    story.answers(reads("contact", State.REFUSED, story.hearing()));
    assertEquals(State.REFUSED, story.live().known().consents().get("contact").state());
  }

  @Test
  void aYesToAnotherQuestionIsNotThisConsent() {
    var story = ConsentStory.asked(Story.disclosed(), "recording").hears("m2", yes());
    story
        .answers(reads("contact", State.GRANTED, story.hearing()))
        .then(
            "answered with 1",
            "booking proposes interpret-consent",
            "deny by consent/consent-not-supported",
            "asked booking");
  }

  @Test
  void aReadingOfAnEarlierMessageIsNotSupported() {
    var story = ConsentStory.asked(Story.disclosed(), "contact").hears("m2", yes());
    long earlier = story.hearing();
    story
        .hears("m3")
        .answers(reads("contact", State.GRANTED, earlier))
        .then(
            "answered with 1",
            "booking proposes interpret-consent",
            "deny by consent/consent-not-supported",
            "asked booking");
  }

  @Test
  void aYesHeardBadlyIsNoConsent() {
    var story = ConsentStory.asked(Story.disclosed(), "contact").when(Story.heard("m2", 59, yes()));
    story
        .answers(reads("contact", State.GRANTED, story.hearing()))
        .then(
            "answered with 1",
            "booking proposes interpret-consent",
            "deny by consent/consent-not-supported",
            "asked booking");
  }

  @Test
  void withdrawalTakesEffectAtOnce() {
    ConsentStory.granted("contact")
        .hears("m5", withdraw("contact"))
        .then("heard m5", "consent to contact is withdrawn", "asked booking");
  }

  @Test
  void whoTakesBackSomethingUnnamedTakesBackEverything() {
    var story = ConsentStory.granted("contact");
    ConsentStory.granted(story, "data-use")
        .hears("m5", withdraw("all"))
        .then(
            "heard m5",
            "consent to contact is withdrawn",
            "consent to data-use is withdrawn",
            "asked booking");
  }

  @Test
  void aPermitThatRestedOnTheConsentIsVoidOnceItIsWithdrawn() {
    ConsentStory.granted("contact")
        .hears("m4", choice(2))
        .answers(book())
        .then("answered with 1", "booking proposes book", "permit")
        .hears("m5", withdraw("contact"))
        .then("heard m5", "consent to contact is withdrawn")
        .thenOwed("Conclude");
  }

  @Test
  void afterAWithdrawalTheActionIsDenied() {
    ConsentStory.granted("contact")
        .hears("m4", choice(2), withdraw("contact"))
        .answers(book())
        .then(
            "answered with 1",
            "booking proposes book",
            "deny by consent/consent-missing",
            "asked booking");
  }

  @Test
  void aConsentNamesTheMessageThatShowsIt() {
    var story = ConsentStory.granted("contact");
    assertEquals(
        new Consent(State.GRANTED, story.at(), story.hearing()),
        story.live().known().consents().get("contact"));
  }

  @Test
  void speechNeedsNoConsentInThisPolicy() {
    Story.disclosed()
        .hears("m1")
        .answers(speak())
        .then("answered with 1", "booking proposes speak", "permit");
  }
}
