package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.policy.PolicyCompiler;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Conversations on offer in a real engine, in a campaign where people have six seconds.
@ExtendWith(RunningEngine.class)
class OfferTest {
  private static final String CAMPAIGN = "quick-people";
  private static final Duration A_WHILE = Duration.ofSeconds(15);

  private final ApiClient operator;
  private final EngineProcess engine;

  OfferTest(EngineProcess engine) {
    this.engine = engine;
    this.operator = engine.operator();
  }

  @BeforeEach
  void aPersonIsThere() {
    String policy =
        PolicyCompiler.sample("inbound-trial")
            .orThrow()
            .json()
            .replace("\"inbound-trial\"", "\"" + CAMPAIGN + "\"")
            .replace("\"PT60S\"", "\"PT6S\"");
    operator.putText("/v1/policies/active", "application/json", policy).as(200);
    var presence = operator.available(true).as(200);
    assertTrue(presence.get("until").isTextual(), presence.toString());
  }

  @AfterEach
  void nobodyIsThere() {
    operator.available(false).as(200);
  }

  @Test
  void givenAnOfferThatIsDeclined_thenItIsNotOfferedAgainAndGoesBackInTime() {
    var talk = Talk.open(engine, CAMPAIGN).say("yes", "the team plan for 12 people");
    askForAPerson(talk);
    var offer = offered(talk);
    assertEquals("booking", offer.get("from").asText());
    assertEquals("team", offer.at("/facts/product/value").asText());
    assertEquals("granted", offer.at("/consents/contact/state").asText());
    assertEquals("I want to talk to a person", offer.at("/said/text").asText());
    long before = talk.seq();
    assertEquals(0, operator.decline(talk.id()).as(200).get("left").asInt());
    assertEquals(Optional.empty(), offer(talk));
    talk.until(before, "hand-off-failed");
    talk.until(before, "granted");
    assertEquals("booking", talk.holder(), "the kernel's own time-out and return");
    operator.decline(talk.id()).as(409);
    talk.until(before, "buyers-turn");
    talk.say("I want to talk to a person");
    var again = talk.effects("transfer-to-human");
    assertTrue(
        again.size() == 1 || again.getLast().get("state").asText().equals("failed"),
        "nobody is left who could be offered it: " + again);
    isSettled(talk, "lapsed");
  }

  @Test
  void givenAnOfferThatIsTaken_thenTakeOverHandBackAndCloseLeaveNothingBehind() {
    var taken = Talk.open(engine, CAMPAIGN).say("yes");
    askForAPerson(taken);
    operator.takeOver(taken.id()).as(200);
    assertEquals(Optional.empty(), offer(taken));
    isSettled(taken, "accepted");
    long handed = taken.seq();
    operator.handBack(taken.id()).as(200);
    isSettled(taken, "returned");
    taken.until(handed, "buyers-turn");
    askForAPerson(taken);
    operator.takeOver(taken.id()).as(200);
    operator.close(taken.id()).as(200);
    isSettled(taken, "closed");

    var left = Talk.open(engine, CAMPAIGN).say("yes");
    askForAPerson(left);
    operator.close(left.id()).as(200);
    assertEquals(Optional.empty(), offer(left));
    isSettled(left, "lapsed");
  }

  @Test
  void givenAQuote_thenTheOperatorLearnsWhatTheBuyerMayCountOn() {
    operator.available(false).as(200);
    var talk =
        Talk.open(engine, CAMPAIGN)
            .say("yes", "the team plan for 12 people", "next Wednesday at 10 am", "the first one")
            .say("yes please", "no e-mail, thanks", "yes, that is right");
    operator.available(true).as(200);
    askForAPerson(talk);
    var promised =
        ApiClient.list(offered(talk).get("promised")).stream()
            .map(promise -> promise.get("words").asText())
            .toList();
    assertTrue(promised.getFirst().startsWith("booked Wed "), promised.toString());
    assertTrue(promised.contains("quoted 12 seats of team: USD 300.00"), promised.toString());
  }

  /// The rows of conversations follow their journals by a moment.
  private JsonNode offered(Talk talk) {
    return Wait.upTo(A_WHILE, talk.id() + " is on offer", () -> offer(talk));
  }

  private Optional<JsonNode> offer(Talk talk) {
    return operator.offers().stream()
        .filter(offer -> offer.get("conversation").asText().equals(talk.id()))
        .findFirst();
  }

  /// The engine counts operators a few times a second, so the first wish may come too early.
  private static void askForAPerson(Talk talk) {
    for (int i = 0; i < 20 && !talk.status().equals("passing"); i++) {
      long asked = talk.saying("I want to talk to a person");
      talk.until(asked, "buyers-turn", "revoked");
    }
    assertEquals("passing", talk.status());
  }

  /// What the newest row of the queue says of a conversation; no row of it waits.
  private void isSettled(Talk talk, String state) {
    Wait.until(
        A_WHILE,
        talk.id() + " is " + state,
        () -> List.of(state).equals(rows(talk, " order by at desc limit 1")));
    assertEquals(List.of(), rows(talk, " and state = 'offered'"));
  }

  private List<String> rows(Talk talk, String more) {
    return new Ledger(engine.database())
        .texts("select state from human_queue where conversation = '" + talk.id() + "'" + more);
  }
}
