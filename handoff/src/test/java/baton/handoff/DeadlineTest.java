package baton.handoff;

import static baton.handoff.Vocabulary.START;
import static baton.handoff.Vocabulary.ask;
import static baton.handoff.Vocabulary.speak;
import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.action.Action;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Deadlines are state: they are owed as calls, and fire on a wake.
class DeadlineTest {
  private static Story buyersTurn() {
    return Story.disclosed().hears("m1").answers(ask("meeting")).carriesOut();
  }

  @Test
  void whenNothingIsLeftToDoItIsTheBuyersTurn() {
    var story = buyersTurn().then("confirmed", "buyer's turn").thenOwed("WakeAt");
    assertEquals(Optional.of(START.plusSeconds(120)), Conversation.dueAt(story.state()));
  }

  @Test
  void silenceIsToldToTheHolder() {
    buyersTurn().passes(Duration.ofMinutes(2)).wakes().then("silence 1", "asked booking");
  }

  @Test
  void tooMuchSilenceEndsTheConversation() {
    buyersTurn()
        .passes(Duration.ofMinutes(2))
        .wakes()
        .answers()
        .passes(Duration.ofMinutes(2))
        .wakes()
        .then(
            "silence 2",
            "released booking: silence",
            "engine proposes speak",
            "engine proposes close",
            "permit")
        .carriesOut()
        .then("confirmed", "permit", "contact ends: silence", "closed: silence");
  }

  @Test
  void aWordOfTheBuyerEndsTheSilence() {
    buyersTurn()
        .passes(Duration.ofMinutes(2))
        .wakes()
        .answers()
        .hears("m2")
        .answers()
        .passes(Duration.ofMinutes(2))
        .wakes()
        .then("silence 1", "asked booking");
  }

  @Test
  void aFollowUpThatIsDueAsksTheHolder() {
    var later = START.plus(Duration.ofMinutes(1));
    Story.disclosed()
        .hears("m1")
        .answers(new Action.ScheduleFollowUp(later, "chat"))
        .then(
            "answered with 1",
            "booking proposes schedule-follow-up",
            "permit",
            "follow-up planned over chat",
            "buyer's turn")
        .passes(Duration.ofMinutes(1))
        .wakes()
        .then("follow-up due over chat", "asked booking");
  }

  @Test
  void aWakeWithNothingDueChangesNothing() {
    buyersTurn().wakes().thenNothing();
  }

  @Test
  void aClockThatJumpsBackFiresNothing() {
    buyersTurn().passes(Duration.ofDays(-3)).wakes().thenNothing();
  }

  @Test
  void aFixedLineThatThePolicyDoesNotHaveIsLeftOut() {
    var sketch = Policies.sketch();
    sketch.lines.remove("silent");
    Story.disclosed(sketch.compile())
        .hears("m1")
        .answers(speak())
        .carriesOut()
        .passes(Duration.ofMinutes(2))
        .wakes()
        .answers()
        .passes(Duration.ofMinutes(2))
        .wakes()
        .then(
            "silence 2",
            "released booking: silence",
            "engine proposes close",
            "permit",
            "contact ends: silence",
            "closed: silence");
  }

  @Test
  void whoWritesWhileTheConversationIsBeingClosedIsPromisedNobody() {
    Story.disclosed()
        .hears("m1")
        .answers(speak())
        .carriesOut()
        .passes(Duration.ofMinutes(2))
        .wakes()
        .answers()
        .passes(Duration.ofMinutes(2))
        .wakes()
        .hears("m2")
        .then("heard m2");
  }
}
