package baton.simulation.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.simulation.history.Occurrence;
import baton.simulation.history.Occurrence.Operation;
import baton.simulation.history.Occurrence.Result;
import baton.simulation.history.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class TighteningHoldsTest {
  private static final Operation TO_P2 = new Operation.Activate("inbound-trial", "p2");
  private static final Operation TO_P1 = new Operation.Activate("inbound-trial", "p1");

  @Test
  void givenAnActivationThatReturned_whenClaimedUnderTheOneBefore_thenItIsFound() {
    var history =
        new Played()
            .claims(4)
            .asks(1, TO_P2)
            .claims(5)
            .answers(1, Result.OK, 5)
            .claims(6, "p2")
            .claims(7, "p1");
    assertEquals(
        "tightening holds: claim 7 of default.c1 was made under policy p1, after another had"
            + " become active",
        history.fails(new TighteningHolds()));
  }

  @Test
  void givenTheOneBeforeIsAskedForAgain_whenClaimedUnderIt_thenThatIsRight() {
    new Played()
        .asks(1, TO_P2)
        .answers(1, Result.OK, 5)
        .asks(2, TO_P1)
        .claims(6, "p2")
        .claims(7, "p1")
        .answers(2, Result.OK, 7)
        .claims(8, "p1")
        .passes(new TighteningHolds());
  }

  @Test
  void givenAnotherCampaignsActivation_whenClaimed_thenThatIsRight() {
    new Played()
        .asks(1, new Operation.Activate("outbound-appointments", "p2"))
        .answers(1, Result.OK, 5)
        .claims(6, "p1")
        .passes(new TighteningHolds());
  }

  @Test
  void givenARecordedActivation_whenAClaimIsUnderTheOneBefore_thenItIsFound() throws IOException {
    var history = new ArrayList<>(Recorded.occurrences());
    Played.run(new TighteningHolds(), history);
    history.replaceAll(occurrence ->
        occurrence instanceof Occurrence.Claimed(var claim, _, var authority) && claim.n() == 3
            ? new Occurrence.Claimed(claim, "p0", authority)
            : occurrence);
    assertEquals(
        "tightening holds: claim 3 of default.b0-1 was made under policy p0, after another had"
            + " become active",
        Played.violation(new TighteningHolds(), history));
  }
}
