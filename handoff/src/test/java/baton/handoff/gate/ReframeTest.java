package baton.handoff.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Policies;
import baton.handoff.Story;
import baton.handoff.Vocabulary;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What may not be said may be put in another way once; then the policy's word holds.
class ReframeTest {
  private static final Action PRESSING =
      new Action.Speak(
          new Words.Own(
              Vocabulary.sealed("only today"),
              List.of(new Signal("hurry", Value.of("only today"), 90, 0, 10))),
          "");

  private static Story story() {
    return Story.disclosed(
            Policies.sketch().words("hurry", Set.of(), Set.of(), true, Verdict.ESCALATE).compile())
        .hears("m1");
  }

  private static String last(Story story) {
    return String.join("; ", story.happened());
  }

  @Test
  void theFirstTimeTheAgentIsToldToPutItInAnotherWay() {
    assertEquals(
        "answered with 1; booking proposes speak; deny by language/reframe; asked booking",
        last(story().answers(PRESSING)));
  }

  @Test
  void theSecondTimeAPersonIsAskedForAndNothingIsSaid() {
    assertEquals(
        "answered with 1; booking proposes speak; escalate by language/language; escalated: speak;"
            + " asked booking",
        last(story().answers(PRESSING).answers(PRESSING)));
  }

  @Test
  void otherWordsGoThrough() {
    var story = story().answers(PRESSING).answers(Vocabulary.speak());
    assertEquals("answered with 1; booking proposes speak; permit", last(story));
  }

  @Test
  void aWordOfTheBuyerBeginsTheCountAgain() {
    var story = story().answers(PRESSING).answers(Vocabulary.speak()).carriesOut().hears("m2");
    assertEquals(
        "answered with 1; booking proposes speak; deny by language/reframe; asked booking",
        last(story.answers(PRESSING)));
  }
}
