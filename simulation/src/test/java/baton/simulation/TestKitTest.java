package baton.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.agents.Agent;
import baton.agents.Desk;
import baton.agents.Offer;
import baton.agents.Reply;
import baton.agents.Thought;
import baton.handoff.action.Action;
import baton.handoff.agent.Briefing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/// The TestKit on the sample campaign, and what it says when a test is wrong.
class TestKitTest {
  private final Simulation simulation = Simulation.sample("inbound-trial");

  @Test
  void aWholeJourneyFromTheGreetingToTheOrder() {
    var buyer = simulation.buyer("America/Denver");
    buyer.then().holder("booking").disclosed("ai").said("May we keep").nothingElseHappened();

    buyer.says("yes, that is fine");
    buyer.then().consent("contact", "granted").said("Which plan").nothingElseHappened();

    buyer.says("the team plan for 12 people, please");
    buyer.says("Tuesday at 10 am");
    buyer.then().effect("find-slots").fact("seats", "12").nothingElseHappened();

    buyer.says("yes please");
    buyer.then().effect("book", Map.of("booking.state", "live")).nothingElseHappened();

    buyer.says("no e-mail, thanks");
    buyer.then().effect("write-crm").holder("closing").disclosed("ai").nothingElseHappened();

    buyer.says("yes, that is right");
    buyer.then().effect("quote", Map.of("quote.total", "USD 300.00")).nothingElseHappened();

    buyer.says("could I get 30% off?");
    buyer
        .then()
        .wasDenied("concede", "right.concession-20")
        .effect("concede", Map.of("quote.percent", "10"))
        .nothingElseHappened();

    buyer.says("I was hoping for 15% off");
    buyer
        .then()
        .wasEscalated("concede", "right.concession-20")
        .waitsFor("concession-20")
        .nothingElseHappened();

    buyer.isGrantedBy("kim");
    buyer.then().effect("concede", Map.of("quote.percent", "15")).said("USD 255.00");

    buyer.says("yes");
    buyer.then().effect("take-commitment").effect("write-crm").closed("ordered");
  }

  @Test
  void aPauseHoldsEverythingBackAndAnAnswerComesWhenItEnds() {
    var buyer = simulation.buyer("America/Denver");
    buyer.then();
    simulation.pauses("engine");
    buyer.says("yes, that is fine");
    buyer
        .then()
        .wasDeferred("interpret-consent", "engine")
        .saidNothingOf("Thank you")
        .nothingElseHappened();
    simulation.resumes("engine").wait(Duration.ofSeconds(5));
    buyer.then().consent("contact", "granted").said("Thank you");
  }

  @Test
  void aWishToBeLeftAloneEndsEverythingAndHoldsInEveryConversation() {
    var buyer = simulation.buyer("ann", "America/Denver");
    buyer.says("please stop contacting me");
    buyer.then().optedOut().said("We will not contact you again");
    var again = simulation.buyer("ann", "America/Denver");
    again.then().optedOut().saidNothingOf("May we keep");
  }

  @Test
  void silenceIsNoYes() {
    var buyer = simulation.buyer("America/Denver");
    buyer.then();
    buyer.staysSilent(Duration.ofDays(3));
    buyer.then().closed("silence");
  }

  @Test
  void whatWasHeardBadlyIsNoConsent() {
    var buyer = simulation.buyer("America/Denver");
    buyer.then();
    buyer.isTranscribed("yes, that is fine", 30);
    assertThrows(AssertionError.class, () -> buyer.then().consent("contact", "granted"));
  }

  @Test
  void anOperatorTakesOverSpeaksAndHandsBack() {
    var buyer = simulation.buyer("America/Denver");
    buyer.then();
    buyer.isTakenOverBy("kim").hearsOperator("kim", "This is Kim. How can I help?");
    buyer.then().holder("human").said("This is Kim").nothingElseHappened();
    buyer.isHandedBackBy("kim");
    buyer.then().holder("booking").disclosed("ai");
  }

  @Test
  void anAgentThatIsNotToBeTrustedCanOnlyPropose() {
    var buyer = simulation.casting("booking", new Greedy()).buyer("America/Denver");
    buyer
        .then()
        .holder("booking")
        .wasDenied("raise-urgency", "booking.no-selling")
        .saidNothingOf("Today only");
    assertFalse(buyer.transcript().contains("did concede"), buyer.transcript());
  }

  /// Presses, and gives away what is not its own, as often as it is asked.
  private static final class Greedy implements Agent {
    @Override
    public Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
      var pressure = new Action.RaiseUrgency(desk.words("Today only: sign now!"));
      return new Thought(List.of(pressure, new Action.Concede("q-1", 90)), notes);
    }

    @Override
    public Reply consider(Offer offer) {
      return Reply.YES;
    }
  }

  /// Found in the recording of an engine that was killed and paused: after that nothing could be
  /// said.
  @Test
  void whatWasNotDisclosedForAPauseIsDisclosedBeforeTheNextWords() {
    var buyer = simulation.buyer("America/Denver");
    buyer.says("yes, that is fine").isTakenOverBy("kim");
    simulation.pauses("engine");
    buyer.isHandedBackBy("kim").says("is this a robot?");
    buyer.then();

    simulation.resumes("engine");
    buyer.then().holder("booking").disclosed("ai");
    buyer.says("what does it cost?").then().said("The price depends on the plan");
  }

  @Test
  void aFailurePrintsTheConversationWithItsVerdicts() {
    var buyer = simulation.buyer("America/Denver");
    buyer.says("hello");
    var failure = assertThrows(AssertionError.class, () -> buyer.then().effect("book"));
    var message = failure.getMessage();
    assertTrue(message.startsWith("book was to take place once, not 0 times\n"), message);
    assertTrue(message.contains("The whole:\n— booking has it, epoch 1\n"), message);
    assertTrue(message.contains("\n> hello\n"), message);
  }

  @Test
  void somethingThatWasNotNamedFailsATest() {
    var buyer = simulation.buyer("America/Denver");
    var failure = assertThrows(AssertionError.class, () -> buyer.then().nothingElseHappened());
    assertTrue(
        failure
            .getMessage()
            .startsWith("nothing else was to happen, and there was: — booking has it, epoch 1\n"),
        failure.getMessage());
  }

  @Test
  void aPolicyThatDoesNotCompileIsRefusedWithItsPlaces() {
    var nowhere = Path.of("no-such-policy.yaml");
    var refusal = assertThrows(IllegalArgumentException.class, () -> Simulation.of(nowhere));
    assertTrue(refusal.getMessage().contains("no-such-policy.yaml"), refusal.getMessage());
  }

  @Test
  void aConversationIsHadWithItsTimesAsOneOfABatch() {
    var buyer = simulation.buyer("America/Denver").says("hello");
    var played = buyer.played("greeting", 4, List.of("a booking"));
    var heard =
        played.timeline().stream()
            .filter(timed -> timed.happening() instanceof Happening.Heard)
            .toList();
    var later = Instant.parse("2026-11-20T18:00:20Z");
    assertEquals(List.of(new Played.Timed(later, new Happening.Heard("hello", 100))), heard);
    assertEquals(1, played.entries().getFirst().first());
    assertEquals(4, played.number());
  }

  @Test
  void theSameTestGivesTheSameTranscript() {
    assertEquals(transcript(), transcript());
  }

  private static String transcript() {
    var buyer = Simulation.sample("inbound-trial").buyer("America/Denver");
    for (var line : new String[] {"yes", "team for us, 12 seats", "any time next week", "1"}) {
      buyer.says(line);
    }
    return buyer.transcript();
  }
}
