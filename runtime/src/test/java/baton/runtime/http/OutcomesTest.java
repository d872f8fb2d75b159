package baton.runtime.http;

import static baton.runtime.http.BadInputTest.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Command;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.action.Action;
import baton.handoff.port.Claims;
import baton.persistence.memory.MemoryClaims;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What nobody knew of, a person settles.
class OutcomesTest {
  private static final String IT_DID =
      "{\"outcome\":\"confirmed\",\"reason\":\"it is in the calendar\"}";

  private House house;
  private House.Opened opened;
  private Claims claims;
  private long n;

  @BeforeEach
  void anEffectIsUnknown() {
    house = new House();
    opened = house.open();
    claims = new MemoryClaims(house.store);
    var until = House.NOON.plus(Duration.ofDays(3));
    house.engine.answer(
        opened.id(), new Action.FindSlots(House.NOON, until, "UTC", Optional.empty()));
    var permit = house.engine.owed(opened.id()).getFirst();
    n = claimed(permit);
    var unknown = new Outcome.Unknown("time-out");
    claims.settle(List.of(new Claims.Settlement("default", n, unknown)));
    house.engine.send(
        opened.id(), new Command.Settle(permit.id(), n, permit.digest(), House.NOON, unknown));
  }

  private long claimed(Permit permit) {
    claims.advance(List.of(new Claims.Authority(opened.id(), "s1", permit.authority(), false)));
    var request =
        new Claims.Request(opened.id(), "inbound-trial", "s1", permit, "{\"kind\":\"find-slots\"}");
    return switch (claims.claim(List.of(request)).getFirst()) {
      case Claims.Answer.Granted(var number, _) -> number;
      case Claims.Answer other -> throw new AssertionError(other.toString());
    };
  }

  @AfterEach
  void stop() {
    house.close();
  }

  @Test
  void aPersonsWordIsTheOutcomeAndInTheJournalUnderTheirName() {
    var reply = house.post("/v1/effects/" + n, House.OPERATOR, IT_DID);

    assertEquals(200, reply.status(), reply.text());
    assertEquals("confirmed", reply.json().get("state").asText());
    var events = house.get(opened.path() + "/events", House.OPERATOR).text();
    assertTrue(events.contains("\"attested\""), events);
    assertTrue(events.contains("it is in the calendar"));
  }

  @Test
  void thePageAsksForItAndAnswersInWords() {
    var page = house.get("/conversations/" + opened.id().id(), House.OPERATOR).text();
    assertTrue(page.contains("action=\"/effects/" + n + "\""), page);
    var now = house.get("/", House.OPERATOR).text();
    assertTrue(now.contains("Nobody knows what came of: find slots"), now);

    assertTrue(attest("outcome=failed&reason=not+there").contains("It did not take place"));
    assertEquals(
        Claims.ClaimState.FAILED,
        claims.page("default", 0, Optional.empty(), 9).getFirst().state());
    var again = attest("outcome=failed&reason=not+there&part=1");
    assertTrue(again.contains("The outcome of this effect is not unknown."), again);
  }

  private String attest(String form) {
    return house
        .send(
            house
                .request("/effects/" + n, House.OPERATOR)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)))
        .text();
  }

  @Test
  void onlyOnceAndOnlyWhereItIsUnknown() {
    house.post("/v1/effects/" + n, House.OPERATOR, IT_DID);

    assertProblem(409, house.post("/v1/effects/" + n, House.OPERATOR, IT_DID));
    assertProblem(404, house.post("/v1/effects/" + (n + 1), House.OPERATOR, IT_DID));
    assertProblem(404, house.post("/v1/effects/x", House.OPERATOR, IT_DID));
  }

  @Test
  void withoutAReasonNothingIsSettled() {
    var reply = house.post("/v1/effects/" + n, House.OPERATOR, "{\"outcome\":\"confirmed\"}");

    assertEquals(4, reply.status() / 100);
    assertEquals(Claims.ClaimState.UNKNOWN, claims.open(opened.id()).getFirst().state());
  }

  @Test
  void aBuyerWhoIsThereArrivesWithoutAChange() {
    long before = house.engine.state(opened.id()).seq();
    var reply = house.post(opened.path() + "/arrive", opened.token(), "{\"channel\":\"chat\"}");

    assertEquals(200, reply.status(), reply.text());
    assertEquals("open", reply.json().get("status").asText());
    assertEquals(before, house.engine.state(opened.id()).seq());
    assertProblem(422, house.post(opened.path() + "/arrive", opened.token(), "{}"));
  }

  @Test
  void aChannelTellsThatTheBuyerHungUpOnceAndComesBackWithAWord() {
    var left = house.post(opened.path() + "/leave", opened.token(), "{\"how\":\"hung-up\"}");
    long after = house.engine.state(opened.id()).seq();
    var again = house.post(opened.path() + "/leave", House.OPERATOR, "{\"how\":\"voicemail\"}");

    assertEquals(200, left.status(), left.text());
    assertEquals("open", left.json().get("status").asText());
    assertEquals(200, again.status(), again.text());
    assertEquals(after, house.engine.state(opened.id()).seq());

    house.post(opened.path() + "/messages", opened.token(), House.message("m", "hello again"));
    var events = house.get(opened.path() + "/events", opened.token()).json();
    var ended = events.findValues("data").stream().filter(data -> data.has("how")).toList();
    assertEquals("[{\"how\":\"hung-up\"}]", ended.toString());
  }
}
