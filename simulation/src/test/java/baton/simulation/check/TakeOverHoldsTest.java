package baton.simulation.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.simulation.history.Occurrence;
import baton.simulation.history.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On a recorded history, in which an operator took a conversation over: epoch 3 was granted, and
/// it was answered when claim 3 was the last.
class TakeOverHoldsTest {
  private static final ConversationId CONVERSATION = new ConversationId("default", "b0-1");
  private List<Occurrence> history;

  @BeforeEach
  void recorded() throws IOException {
    history = new ArrayList<>(Recorded.occurrences());
  }

  @Test
  void givenTheRecording_whenWhole_thenItHolds() {
    Played.run(new TakeOverHolds(), history);
  }

  @Test
  void givenALeaseFromBeforeTheTakeOver_whenClaimedAfterIt_thenItIsFound() {
    history.add(claim(9, Role.BOOKING, 1));
    assertEquals(
        "take-over holds: claim 9 of default.b0-1 has epoch 1, and the operator had had 3 before"
            + " it",
        Played.violation(new TakeOverHolds(), history));
  }

  @Test
  void givenALeaseFromBeforeTheTakeOver_whenClaimedBeforeItWasAnswered_thenThatIsRight() {
    history.add(claim(2, Role.BOOKING, 1));
    Played.run(new TakeOverHolds(), history);
  }

  @Test
  void givenTheOperatorsEpoch_whenAnAgentClaimsUnderIt_thenItIsFound() {
    history.add(claim(9, Role.BOOKING, 3));
    assertEquals(
        "take-over holds: claim 9 of default.b0-1 is by booking, under the operator's own epoch 3",
        Played.violation(new TakeOverHolds(), history));
  }

  @Test
  void givenTheOperatorsEpoch_whenTheEngineSaysAFixedLine_thenThatIsRight() {
    history.add(claim(9, Role.ENGINE, 3));
    Played.run(new TakeOverHolds(), history);
  }

  @Test
  void givenATakeOverThatWasAnswered_whenNoJournalHasIt_thenItIsFound() {
    history.removeIf(occurrence ->
        occurrence instanceof Occurrence.Journaled journaled
            && journaled.entry().command() instanceof Command.TakeOver);
    assertEquals(
        "take-over holds: a take-over of default.b0-1 was answered, and its journal grants nobody",
        Played.violation(new TakeOverHolds(), history));
  }

  private static Occurrence claim(long n, Role role, long epoch) {
    return Played.claim(n, CONVERSATION, role, epoch, "p1");
  }
}
