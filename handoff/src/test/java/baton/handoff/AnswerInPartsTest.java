package baton.handoff;

import static baton.handoff.Vocabulary.commit;
import static baton.handoff.Vocabulary.findSlots;
import static baton.handoff.Vocabulary.sealed;
import static baton.handoff.Vocabulary.speak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.port.Claims;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// An answer that comes sentence by sentence: the next is asked for when the one before was said.
class AnswerInPartsTest {
  private static Action sentence(String words) {
    return new Action.Speak(new Words.Own(sealed(words), List.of()), "");
  }

  private static Story begun() {
    return Story.disclosed().hears("m1").begins(sentence("first"));
  }

  private static List<Prompt> told(Story story) {
    return story.live().work().ask().orElseThrow().prompts();
  }

  private static Briefing briefing(Story story) {
    return Briefing.of(story.live(), Role.BOOKING, story.now(), story.policy());
  }

  @Test
  void aSentenceIsDecidedBeforeTheNextIsAskedFor() {
    begun()
        .then("answered with 1, and goes on", "booking proposes speak", "permit")
        .thenOwed("Perform");
  }

  @Test
  void onceItWasSaidTheHolderIsAskedForTheNextInTheSameRound() {
    var story = begun().settles(Outcome.confirmed()).then("confirmed", "asked booking");
    assertEquals(1, story.live().work().ask().orElseThrow().round());
    assertEquals(1, briefing(story).part());
    story
        .answers(sentence("second"))
        .then("answered with 1", "booking proposes speak", "permit")
        .settles(Outcome.confirmed())
        .then("confirmed", "buyer's turn");
  }

  /// Whoever has to begin anew, after a crash, knows what to go on from.
  @Test
  void whoIsAskedForTheNextIsToldWhatItWasAskedBeforeAndWhatTheBuyerHasHeard() {
    var story = begun();
    var first = story.live();
    story.settles(Outcome.confirmed());
    assertTrue(told(story).getFirst() instanceof Prompt.Heard(var seq, _, _, _, _) && seq > 0);
    assertEquals(List.of(sealed("first")), briefing(story).said());
    assertEquals(first.work().unfinished().orElseThrow().prompts(), told(story));
  }

  @Test
  void aRefusalEndsTheAnswerAndTheHolderIsAskedAnew() {
    var story = begun().settles(Outcome.confirmed()).begins(commit(1));
    story.then(
        "answered with 1, and goes on",
        "booking proposes take-commitment",
        "deny by mandate/prohibited",
        "dropped 0: one before it was not permitted",
        "asked booking");
    assertEquals(0, briefing(story).part());
    assertEquals(2, story.live().work().ask().orElseThrow().round());
    assertTrue(told(story).getFirst() instanceof Prompt.Voiced);
    assertTrue(told(story).getLast() instanceof Prompt.Refused);
  }

  @Test
  void whatWasNotSaidIsNotGoneOnFrom() {
    begun()
        .settles(new Outcome.Failed("not-delivered"))
        .then(
            "failed: not-delivered", "dropped 0: one before it did not take place", "buyer's turn");
  }

  /// What the buyer asked has been answered in part: the next ask is about what is new.
  @Test
  void theBuyersWordsEndTheAnswer_andTheHolderKnowsWhatWasHeard() {
    var story = begun().settles(Outcome.confirmed()).hears("m2");
    story.then("heard m2", "superseded", "asked booking");
    assertEquals(0, briefing(story).part());
    assertEquals(
        List.of("first", "m2"),
        told(story).stream()
            .flatMap(prompt ->
                switch (prompt) {
                  case Prompt.Voiced _ -> Stream.of("first");
                  case Prompt.Heard heard ->
                      Stream.of(heard.text().equals(Optional.of(sealed("m2"))) ? "m2" : "m1");
                  default -> Stream.of("?");
                })
            .toList());
  }

  @Test
  void thePartThatComesTooLateIsStale() {
    var story = begun().settles(Outcome.confirmed());
    var late = story.part(true, sentence("second"));
    story.hears("m2").when(late).then("stale answer of booking");
  }

  @Test
  void whileASentenceIsOnItsWayNobodyIsLate() {
    begun().passes(Duration.ofMinutes(5)).wakes().then();
  }

  @Test
  void aHolderThatDoesNotGoOnIsNotWaitedForForEver() {
    var story = begun().settles(Outcome.confirmed()).passes(Duration.ofMinutes(5)).wakes();
    assertEquals("unanswered", story.happened().getFirst());
    assertTrue(story.live().work().unfinished().isEmpty());
  }

  @Test
  void aSentenceWhosePermitLapsesIsDecidedAgainAndTheAnswerGoesOn() {
    begun()
        .unclaimed(Claims.Reason.EXPIRED)
        .then("lapsed: expired", "permit")
        .settles(Outcome.confirmed())
        .then("confirmed", "asked booking");
  }

  @Test
  void theLastPartMayActAndThenNothingIsLeftToCome() {
    var story = begun().settles(Outcome.confirmed()).answers(findSlots());
    story.then("answered with 1", "booking proposes find-slots", "permit");
    assertTrue(story.live().work().unfinished().isEmpty());
  }

  @Test
  void anAnswerHasABoundOnItsParts() {
    var story = begun();
    for (int part = 1; part < FromAgents.PARTS_MAX; part++) {
      story.settles(Outcome.confirmed()).begins(sentence("part"));
    }
    assertEquals("answered with 1", story.happened().getFirst());
    story.settles(Outcome.confirmed()).then("confirmed", "buyer's turn");
  }

  /// However many sentences: to the limits it is one answer.
  @Test
  void anAnswerInPartsCountsAsOneThatIsNotAnsweredYet() {
    var story = begun();
    for (int part = 0; part < 3; part++) {
      story.settles(Outcome.confirmed()).begins(sentence("part"));
    }
    assertEquals(1, story.live().counted().of("unanswered"));
    assertEquals(1, story.live().counted().of("rounds"));
  }

  @Test
  void theEndOfALeaseEndsTheAnswer() {
    var story = begun().when(new Command.TakeOver("ann"));
    assertTrue(story.live().work().unfinished().isEmpty());
    assertTrue(story.live().work().ask().isEmpty());
  }

  @Test
  void aWholeAnswerIsStillOne() {
    var story = Story.disclosed().hears("m1").answers(speak());
    assertTrue(story.live().work().unfinished().isEmpty());
  }
}
