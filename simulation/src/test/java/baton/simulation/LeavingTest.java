package baton.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A buyer who hangs up, and one who was a machine, as a test writes them.
class LeavingTest {
  private final Simulation simulation = Simulation.sample("inbound-trial");

  private Buyer offeredATime() {
    var buyer = simulation.buyer("America/Denver");
    buyer.says("yes, that is fine");
    buyer.says("the team plan for 12 people, Tuesday at 10 am");
    buyer.then().said("Shall I book");
    return buyer;
  }

  @Test
  void whoeverHangsUpIsToldNothingMore() {
    var buyer = offeredATime().hangsUp();
    buyer.then().nothingElseHappened();
    buyer.isTakenOverBy("kim").hearsOperator("kim", "Are you still there?");
    buyer.then().wasDenied("speak", "engine").saidNothingOf("still there").holder("human");
    assertTrue(buyer.transcript().contains("— the buyer hung up"), buyer.transcript());
    assertTrue(buyer.transcript().contains("by engine (hung-up)"), buyer.transcript());
  }

  @Test
  void whoeverComesBackGoesOnWhereItWas() {
    var buyer = offeredATime().hangsUp().staysSilent(Duration.ofMinutes(1));
    buyer.says("yes");
    buyer.then().disclosed("ai").said("Shall I book").nothingElseHappened();
    buyer.says("yes please");
    buyer.then().effect("book", Map.of("booking.state", "live"));
  }

  @Test
  void whoeverDoesNotComeBackIsLetGo() {
    offeredATime().hangsUp().staysSilent(Duration.ofDays(3)).then().closed("not-reached");
  }

  @Test
  void whatAMachineSaidDoesNotCount() {
    var buyer = offeredATime().reachesVoicemail();
    buyer.then().consent("contact", "unclear").nothingElseHappened();
    buyer.staysSilent(Duration.ofMinutes(1)).says("hello, this is Sam");
    buyer.then().disclosed("ai").said("may we keep").nothingElseHappened();
  }
}
