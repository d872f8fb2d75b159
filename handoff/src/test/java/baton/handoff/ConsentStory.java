package baton.handoff;

import static baton.handoff.Vocabulary.askConsent;
import static baton.handoff.Vocabulary.reads;
import static baton.handoff.Vocabulary.yes;

import baton.handoff.fact.Consent;

/// The usual way to a consent: asked, answered plainly, read.
final class ConsentStory {
  private ConsentStory() {}

  static Story granted(String purpose) {
    return granted(Story.disclosed(), purpose);
  }

  static Story granted(Story story, String purpose) {
    return asked(story, purpose)
        .hears("yes-to-" + purpose, yes())
        .answers(reads(purpose, Consent.State.GRANTED, story.hearing()));
  }

  static Story asked(Story story, String purpose) {
    story.hears("before-" + purpose);
    return story.answers(askConsent(purpose)).carriesOut();
  }
}
