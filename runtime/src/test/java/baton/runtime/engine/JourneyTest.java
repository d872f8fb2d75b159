package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a buyer can do with the sample campaign, in plain sentences over the public contract.
@ExtendWith(RunningEngine.class)
class JourneyTest {
  @Test
  void givenABuyerWhoWantsATrial_thenTheWholeJourneyEndsInAnOrder(EngineProcess engine) {
    var talk = Talk.open(engine);
    assertEquals("booking", talk.holder());
    assertEquals(1, talk.epoch());
    assertEquals("disclose", first(talk.operator().effects(talk.id())).get("kind").asText());

    talk.say("well, maybe");
    assertEquals("unclear", talk.consent(), "a vague answer is no consent");
    assertEquals(2, talk.effects("ask-consent").size(), "it is asked once more");
    talk.say("yes, you may");
    assertEquals("granted", talk.consent());

    talk.say("I would like a trial of the team plan for 12 people");
    assertEquals("team", talk.fact("product").asText());
    assertEquals(12, talk.fact("seats").asInt());
    talk.say("next Tuesday at 10 am");
    assertTrue(talk.fact("slots").asInt() >= 1, "free times are offered");
    talk.say("the first one");
    assertEquals(List.of(), talk.effects("book"), "nothing is booked before the time is confirmed");
    talk.say("yes please");
    talk.say("no e-mail, thanks");
    assertBookedInTheBuyersZone(talk);
    assertPassedOnByRevokeBeforeGrant(talk);

    talk.say("yes, that is right");
    assertEquals(30_000, talk.fact("quote.total").get("minor").asLong(), "12 seats at list price");
    talk.say("can I get 10 percent off?");
    assertEquals(27_000, talk.fact("quote.total").get("minor").asLong());

    long asked = talk.saying("could you do 15 percent?");
    talk.until(asked, "approval-opened");
    var approval = talk.openApproval().orElseThrow();
    assertEquals("concession-20", approval.get("right").asText());
    assertEquals(27_000, talk.fact("quote.total").get("minor").asLong(), "not before the yes");
    talk.resolve(approval, "approve");
    assertEquals(25_500, talk.fact("quote.total").get("minor").asLong());
    assertTrue(talk.openApproval().isEmpty());

    talk.say("yes, I would like to order");
    assertEquals("closed", talk.status());
    assertEquals(1, talk.effects("take-commitment").size());
    assertTrue(talk.fact("order").isTextual(), "an order number");
    assertEquals("ordered", crmStage(talk));
    assertEquals(
        List.of("closing"),
        talk.decisions("quote").stream().map(d -> d.get("role").asText()).distinct().toList());
    assertEquals(List.of(), talk.irregularities());
    talk.buyer().say(talk.id(), "late", "one more thing").as(409);
  }

  private static void assertBookedInTheBuyersZone(Talk talk) {
    assertEquals(1, talk.effects("book").size());
    assertEquals(1, talk.effects("write-crm").size());
    var start = Instant.parse(talk.fact("booking.start").asText()).atZone(ZoneId.of(Talk.ZONE));
    assertEquals(DayOfWeek.TUESDAY, start.getDayOfWeek());
    assertEquals(10, start.getHour(), "on the buyer's clock");
  }

  /// From booking over transfer to closing, since no person is there.
  private static void assertPassedOnByRevokeBeforeGrant(Talk talk) {
    assertEquals("closing", talk.holder());
    assertEquals(
        List.of("booking 1", "transfer 3", "closing 5"),
        talk.events("granted").stream()
            .map(granted -> granted.get("data"))
            .map(data -> data.get("role").asText() + " " + data.get("epoch").asLong())
            .toList());
    assertEquals(
        List.of("booking 2", "transfer 4"),
        talk.events("revoked").stream()
            .map(revoked -> revoked.get("data"))
            .map(data -> data.get("from").asText() + " " + data.get("epoch").asLong())
            .toList());
    assertEquals(2, talk.effects("disclose").size(), "each role that speaks says what it is");
    assertEquals("granted", talk.consent(), "consent crosses the hand-off");
  }

  private static String crmStage(Talk talk) {
    return talk.effects("write-crm").stream()
        .map(effect -> effect.get("payload").toString())
        .filter(payload -> payload.contains("ordered"))
        .findFirst()
        .map(_ -> "ordered")
        .orElse("not ordered");
  }

  private static JsonNode first(List<JsonNode> list) {
    return list.getFirst();
  }

  /// As far as a quote of 300 USD.
  private static Talk quoted(EngineProcess engine) {
    return Talk.open(engine)
        .say("yes", "the team plan for 12 people", "next Wednesday at 10 am", "the first one")
        .say("yes please", "no e-mail, thanks", "yes, that is right");
  }

  @Test
  void givenADiscountBeyondTheLimit_whenItIsRejected_thenThePriceStands(EngineProcess engine) {
    var talk = quoted(engine);
    long asked = talk.saying("could you do 18 percent off?");
    talk.until(asked, "approval-opened");
    var escalated = talk.decisions("concede").getFirst();
    assertEquals("escalate", escalated.get("verdict").asText());
    assertTrue(Talk.clauses(escalated).contains("right.concession-20"), escalated.toString());
    talk.resolve(talk.openApproval().orElseThrow(), "reject");
    assertEquals("rejected", talk.view().get("approvals").get(0).get("state").asText());
    assertTrue(
        talk.effects("concede").stream()
            .map(effect -> effect.at("/payload/percent"))
            .allMatch(percent -> percent.isIntegralNumber() && percent.asInt() <= 10),
        "the rejected discount was given");
    assertTrue(talk.fact("quote.percent").asInt() <= 10, "closing's own limit holds");
    assertEquals(List.of(), talk.irregularities());
  }

  @Test
  void givenADiscountThatIsNobodysToGive_thenItIsDenied(EngineProcess engine) {
    var talk = quoted(engine).say("give me 60 percent off");
    var denied = talk.decisions("concede").getFirst();
    assertEquals("deny", denied.get("verdict").asText());
    assertTrue(talk.openApproval().isEmpty(), "nobody is asked");
    assertEquals(List.of(), talk.irregularities());
  }

  @Test
  void givenSomebodyWhoSaysStop_thenItIsConfirmedOnceAndNothingFollows(EngineProcess engine) {
    var talk = Talk.open(engine).say("yes", "stop contacting me");
    talk.until(0, "closed");
    assertEquals("closed", talk.status());
    assertEquals("engine", talk.lastSpeaker());
    assertEquals(1, talk.events("opted-out").size());
    long heard = talk.events("heard").getLast().get("seq").asLong();
    assertEquals(
        1, talk.types(heard).stream().filter("settled"::equals).count(), "one line and no more");
    talk.buyer().say(talk.id(), "again", "hello?").as(409);
    assertEquals(List.of(), talk.irregularities());
  }

  @Test
  void givenAnOperatorWhoIsThere_whenThePersonIsWanted_thenItIsTakenOverAndHandedBack(
      EngineProcess engine) {
    var operator = engine.operator();
    operator.available(true).as(200);
    try {
      var talk = Talk.open(engine).say("yes");
      askForAPerson(talk);
      long before = talk.epoch();
      talk.operator().takeOver(talk.id()).as(200);
      assertEquals("with-human", talk.status());
      assertEquals("human", talk.holder());
      assertTrue(talk.epoch() > before, "a new lease");
      operator.say(talk.id(), "h1", "Hello, this is Kim. How can I help?").as(202);
      Wait.until(
          Duration.ofSeconds(10),
          "the person's words are voiced",
          () -> talk.lastSpeaker().equals("human"));
      long taken = talk.saying("I need the team plan for 12 people");
      long handed = talk.seq();
      assertFalse(talk.types(taken).contains("asked"), "no agent is asked meanwhile");
      operator.handBack(talk.id()).as(200);
      talk.until(handed, "buyers-turn");
      assertEquals("booking", talk.holder());
      assertEquals(12, talk.fact("seats").asInt(), "what the person was told is known");
      operator.say(talk.id(), "h2", "One more thing").as(409);
      assertEquals(List.of(), talk.irregularities());
      talk.say("goodbye");
      assertEquals("closed", talk.status());
    } finally {
      operator.available(false).as(200);
      Wait.until(
          Duration.ofSeconds(10), "nobody is counted as there", () -> isNobodyOffered(engine));
    }
  }

  private static boolean isNobodyOffered(EngineProcess engine) {
    var talk = Talk.open(engine).say("I want to talk to a person");
    return talk.effects("transfer-to-human").isEmpty();
  }

  /// The engine counts operators a few times a second, so the first wish may come too early.
  private static void askForAPerson(Talk talk) {
    for (int i = 0; i < 20 && !talk.status().equals("passing"); i++) {
      long asked = talk.saying("I want to talk to a person");
      talk.until(asked, "buyers-turn", "revoked");
    }
    talk.until(0, "revoked");
  }

  @Test
  void givenNobodyThere_whenAPersonIsWanted_thenSomebodyIsToldAndTheAgentGoesOn(
      EngineProcess engine) {
    var talk = Talk.open(engine).say("yes", "I want to talk to a person");
    assertEquals("booking", talk.holder());
    assertEquals(1, talk.events("escalated").size());
    talk.say("the team plan");
    assertEquals("team", talk.fact("product").asText());
    assertEquals(List.of(), talk.irregularities());
  }

  @Test
  void givenAGoodbye_thenItIsReturnedAndTheConversationEnds(EngineProcess engine) {
    var talk = Talk.open(engine).say("yes", "goodbye");
    assertEquals("closed", talk.status());
    assertEquals("booking", talk.lastSpeaker());
    assertEquals(1, talk.events("contact-ended").size());
    assertEquals(List.of(), talk.irregularities());
  }
}
