package baton.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Tools that are slow, mute, or say everything twice, and an engine that goes down.
class MishapsTest {
  private final Simulation simulation = Simulation.sample("inbound-trial");
  private final Buyer buyer = simulation.buyer("America/Denver");

  MishapsTest() {
    buyer.says("yes, that is fine").says("the team plan for 12 people, Tuesday at 10 am");
    buyer.then();
  }

  @Test
  void givenALostAnswer_thenItIsLookedUpAndDoneOnce() {
    simulation.losesAnswer("book");
    buyer.says("yes please");
    buyer.then().outcomeUnknown("book").escalated("outcome-unknown");
    buyer.staysSilent(Duration.ofSeconds(10));
    buyer.then().effect("book").fact("booking.state", "live");
    assertEquals(1, simulation.effects("book"));
  }

  @Test
  void givenASlowTool_thenItIsDoneOnceAllTheSame() {
    simulation.slow("book");
    buyer.says("yes please").staysSilent(Duration.ofMinutes(1));
    buyer.then().outcomeUnknown("book").failed("book", "never-done").effect("book");
    assertEquals(1, simulation.effects("book"));
  }

  @Test
  void givenATool_thatAnswersTwice_thenItCountsOnce() {
    simulation.answersTwice("book");
    buyer.says("yes please");
    buyer.then().effect("book");
    assertEquals(1, simulation.effects("book"));
  }

  @Test
  void givenAToolThatSaysNo_thenItIsLookedForAgain() {
    simulation.fails("book", "slot-taken");
    buyer.says("yes please");
    buyer.then().failed("book", "slot-taken").said("could not be booked").effect("book");
    assertEquals(1, simulation.effects("book"));
  }

  @Test
  void givenACrashWhileAToolIsSlow_thenItIsDoneOnceAndTheConversationGoesOn() {
    simulation.slow("book");
    buyer.says("yes please");
    simulation.crashes();
    buyer.staysSilent(Duration.ofMinutes(1));
    buyer.then().effect("book");
    assertEquals(1, simulation.effects("book"));
    buyer.says("no e-mail, thanks").says("yes, that is right").then().effect("quote");
  }
}
