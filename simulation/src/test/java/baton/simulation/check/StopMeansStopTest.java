package baton.simulation.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.simulation.history.Occurrence;
import baton.simulation.history.Occurrence.Operation;
import baton.simulation.history.Occurrence.Result;
import baton.simulation.history.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopMeansStopTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine",
        "tenant:default",
        "campaign:inbound-trial",
        "role:booking",
        "conversation:c1"
      })
  void givenAPauseThatReturned_whenSomethingWithinIsClaimed_thenItIsFound(String scope) {
    var history = new Played().asks(1, pause(scope)).answers(1, Result.OK, 5).claims(5).claims(6);
    assertEquals(
        "stop means stop: claim 6 of default.c1 was made after a pause of "
            + scope
            + " had returned",
        history.fails(new StopMeansStop()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant:other", "campaign:other", "role:closing", "conversation:c2"})
  void givenAPauseOfSomethingElse_whenClaimed_thenThatIsRight(String scope) {
    new Played()
        .asks(1, pause(scope))
        .answers(1, Result.OK, 5)
        .claims(6)
        .passes(new StopMeansStop());
  }

  @Test
  void givenAResume_whenClaimedAfterIt_thenThatIsRight_andWhatWasSeenBeforeItIsNot() {
    var resumed =
        new Played()
            .asks(1, pause("engine"))
            .answers(1, Result.OK, 5)
            .asks(2, pause("engine"))
            .answers(2, Result.OK, 7)
            .asks(3, resume("engine"))
            .answers(3, Result.OK, 8);
    resumed.claims(8).passes(new StopMeansStop());
    assertEquals(
        "stop means stop: claim 7 of default.c1 was made after a pause of engine had returned",
        resumed.claims(7).fails(new StopMeansStop()));
  }

  @Test
  void givenAPauseOfUnknownResult_whenClaimed_thenNobodyHasSaidThatItStopped() {
    new Played()
        .asks(1, pause("engine"))
        .answers(1, Result.UNKNOWN, 5)
        .claims(6)
        .passes(new StopMeansStop());
  }

  @Test
  void givenAResumeThatMayComeAtAnyTime_whenPaused_thenNothingIsCertain() {
    new Played()
        .asks(1, resume("engine"))
        .answers(1, Result.UNKNOWN, 4)
        .asks(2, pause("engine"))
        .answers(2, Result.OK, 5)
        .claims(6)
        .passes(new StopMeansStop());
  }

  @Test
  void givenAResumeAskedForWhileThePauseWas_whenBothReturned_thenNothingIsCertain() {
    new Played()
        .asks(1, pause("engine"))
        .asks(2, resume("engine"))
        .answers(2, Result.OK, 5)
        .answers(1, Result.OK, 5)
        .claims(6)
        .passes(new StopMeansStop());
  }

  @Test
  void givenARecordedPause_whenAClaimIsSeenBeforeItsResume_thenItIsFound() throws IOException {
    var history = new ArrayList<>(Recorded.occurrences());
    Played.run(new StopMeansStop(), history);
    // Operation 6 asks for the pause again, and as recorded no claim had come since.
    history.replaceAll(occurrence ->
        occurrence instanceof Occurrence.Returned(var at, var number, var result, _) && number == 6
            ? new Occurrence.Returned(at, number, result, 2)
            : occurrence);
    assertEquals(
        "stop means stop: claim 2 of default.b0-1 was made after a pause of conversation:b0-1 had"
            + " returned",
        Played.violation(new StopMeansStop(), history));
  }

  private static Operation pause(String scope) {
    return new Operation.Control(Scope.parse(scope).orElseThrow(), Mode.PAUSED);
  }

  private static Operation resume(String scope) {
    return new Operation.Control(Scope.parse(scope).orElseThrow(), Mode.RUNNING);
  }
}
