package baton.simulation.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Command;
import baton.simulation.history.Occurrence;
import baton.simulation.history.Occurrence.Operation.Say;
import baton.simulation.history.Occurrence.Result;
import baton.simulation.history.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On a recorded history, which is whole, and then damaged.
class NothingAcknowledgedIsLostTest {
  private static final Say SAY = new Say(Played.C1, "m1", "b1");
  private List<Occurrence> history;

  @BeforeEach
  void recorded() throws IOException {
    history = new ArrayList<>(Recorded.occurrences());
  }

  @Test
  void givenTheRecording_whenWhole_thenNothingIsLost() {
    Played.run(new NothingAcknowledgedIsLost(), history);
  }

  @Test
  void givenAnAcknowledgedMessage_whenItsEntryIsMissing_thenItIsLost() {
    history.remove(entryOf("m1"));
    assertEquals(
        "nothing acknowledged is lost: message m1 of default.b0-1 was acknowledged and is lost",
        Played.violation(new NothingAcknowledgedIsLost(), history));
  }

  @Test
  void givenAMessage_whenItsEntryIsThereAgain_thenItIsTwice() {
    history.add(entryOf("m1"));
    assertEquals(
        "nothing acknowledged is lost: message m1 of default.b0-1 is in the journal twice",
        Played.violation(new NothingAcknowledgedIsLost(), history));
  }

  @Test
  void givenAMessageInTheJournal_whenItsSenderWasRefused_thenThatIsFound() {
    history.replaceAll(occurrence -> answered(occurrence, "m1", Result.FAIL));
    assertEquals(
        "nothing acknowledged is lost: message m1 of default.b0-1 was refused and is in the"
            + " journal",
        Played.violation(new NothingAcknowledgedIsLost(), history));
  }

  @Test
  void givenAMessageInTheJournal_whenNobodyKnows_thenThatIsRight() {
    history.replaceAll(occurrence -> answered(occurrence, "m1", Result.UNKNOWN));
    Played.run(new NothingAcknowledgedIsLost(), history);
  }

  @Test
  void givenTwoBodiesUnderOneId_whenBothAreAcknowledged_thenThatIsFound() {
    var history =
        new Played()
            .asks(1, SAY)
            .answers(1, Result.OK, 0)
            .asks(2, new Say(Played.C1, "m1", "another"))
            .answers(2, Result.OK, 0);
    assertEquals(
        "nothing acknowledged is lost: message m1 of default.c1 was acknowledged with two bodies",
        history.fails(new NothingAcknowledgedIsLost()));
  }

  @Test
  void givenAMessageThatNobodyAnswered_whenItIsNotInTheJournal_thenThatIsRight() {
    new Played().asks(1, SAY).passes(new NothingAcknowledgedIsLost());
  }

  private Occurrence entryOf(String message) {
    return history.stream()
        .filter(occurrence ->
            occurrence instanceof Occurrence.Journaled journaled
                && journaled.entry().command() instanceof Command.Hear hear
                && hear.message().equals(message))
        .findFirst()
        .orElseThrow();
  }

  private Occurrence answered(Occurrence occurrence, String message, Result result) {
    return occurrence instanceof Occurrence.Returned(var at, var number, _, var claims)
            && saidBy(number, message)
        ? new Occurrence.Returned(at, number, result, claims)
        : occurrence;
  }

  private boolean saidBy(long number, String message) {
    return history.stream()
        .anyMatch(occurrence ->
            occurrence instanceof Occurrence.Invoked(_, var asked, Say say)
                && asked == number
                && say.message().equals(message));
  }
}
