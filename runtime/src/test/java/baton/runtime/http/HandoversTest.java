package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Conversations on offer, as an operator sees and declines them.
class HandoversTest {
  private static final House HOUSE = new House();

  @AfterAll
  static void close() {
    HOUSE.close();
  }

  @BeforeEach
  void aPersonIsThere() {
    HOUSE.engine.peopleThere = 1;
    HOUSE.put("/v1/operators/me", House.OPERATOR, "{\"available\":true}");
  }

  @Test
  void presenceIsStatedWithItsEnd() {
    var there = HOUSE.put("/v1/operators/me", House.OPERATOR, "{\"available\":true}").json();
    assertEquals("2026-11-20T17:15:00Z", there.get("until").asText());
    assertTrue(there.get("available").asBoolean());
    var away = HOUSE.put("/v1/operators/me", House.OPERATOR, "{\"available\":false}").json();
    assertTrue(away.get("until").isNull());
  }

  @Test
  void anOfferSaysWhatAnOperatorShouldKnow() {
    var opened = offered("buyer-asked");
    var offer = offer(opened);
    assertEquals("inbound-trial", offer.get("campaign").asText());
    assertEquals("booking", offer.get("from").asText());
    assertEquals("buyer-asked", offer.get("reason").asText());
    assertEquals("2026-11-20T17:00:00Z", offer.get("since").asText());
    assertEquals("2026-11-20T17:01:00Z", offer.get("until").asText());
    assertEquals(2, offer.get("epoch").asLong());
    assertEquals("Get me a person", offer.get("said").get("text").asText());
    assertEquals("person", offer.get("open").get("about").asText());
    assertEquals("booking", offer.get("open").get("by").asText());
  }

  @Test
  void whoeverHasWaitedLongestComesFirstAndAgentsAmongThemselvesAreNotShown() {
    var first = offered("one");
    var second = offered("two");
    var between = HOUSE.open();
    HOUSE.engine.answer(between.id(), disclosure());
    HOUSE.engine.perform(between.id());
    var ids = ids();
    assertTrue(ids.indexOf(first.id().id()) < ids.indexOf(second.id().id()), ids.toString());
    assertFalse(ids.contains(between.id().id()));
  }

  @Test
  void whoDeclinesIsNotOfferedItAgainAndLearnsWhoIsLeft() {
    var opened = offered("buyer-asked");
    var declined = decline(opened);
    assertEquals(200, declined.status());
    assertEquals(0, declined.json().get("left").asInt());
    assertEquals("2026-11-20T17:01:00Z", declined.json().get("until").asText());
    assertFalse(ids().contains(opened.id().id()));
    assertEquals(200, decline(opened).status(), "twice is once");
    var taken = HOUSE.post(opened.path() + "/takeover", House.OPERATOR, "");
    assertEquals(200, taken.status(), "one may still change one's mind");
  }

  @Test
  void whatIsTakenOverHandedBackOrClosedIsNotOnOffer() {
    var taken = offered("one");
    HOUSE.post(taken.path() + "/takeover", House.OPERATOR, "");
    assertFalse(ids().contains(taken.id().id()));
    HOUSE.post(taken.path() + "/handback", House.OPERATOR, "");
    assertFalse(ids().contains(taken.id().id()));
    var closed = offered("two");
    HOUSE.post(closed.path() + "/close", House.OPERATOR, "");
    assertFalse(ids().contains(closed.id().id()));
    for (var over : List.of(taken, closed)) {
      var declined = decline(over);
      assertEquals(409, declined.status());
      assertEquals(
          "this conversation is not on offer: there is nothing to decline", declined.detail());
    }
  }

  @Test
  void onlyOperatorsSeeAndDeclineOffers() {
    var opened = offered("buyer-asked");
    assertEquals(403, HOUSE.get("/v1/offers", opened.token()).status());
    assertEquals(401, HOUSE.get("/v1/offers", "").status());
    String path = "/v1/offers/" + opened.id().id() + "/decline";
    assertEquals(403, HOUSE.post(path, opened.token(), "").status());
    assertEquals(404, HOUSE.post("/v1/offers/none-such/decline", House.OPERATOR, "").status());
    assertEquals(422, HOUSE.post(path, House.OPERATOR, "{\"why\":1}").status());
    assertTrue(ids().contains(opened.id().id()), "nothing changed");
  }

  /// A conversation in which a buyer asked for a person, on offer now.
  private static House.Opened offered(String reason) {
    var opened = HOUSE.open();
    HOUSE.engine.answer(
        opened.id(), disclosure(), new Action.Speak(new Words.Line("moment"), "person"));
    HOUSE.engine.perform(opened.id());
    HOUSE.post(opened.path() + "/messages", opened.token(), House.message("m1", "Get me a person"));
    HOUSE.engine.answer(opened.id(), new Action.TransferToHuman(reason));
    HOUSE.engine.perform(opened.id());
    return opened;
  }

  private static Action disclosure() {
    return new Action.Disclose("ai", new Words.Line("disclosure-ai"));
  }

  private static House.Reply decline(House.Opened opened) {
    return HOUSE.post("/v1/offers/" + opened.id().id() + "/decline", House.OPERATOR, "");
  }

  private static List<String> ids() {
    return HOUSE.get("/v1/offers", House.OPERATOR).json().findValuesAsText("conversation");
  }

  private static JsonNode offer(House.Opened opened) {
    for (var offer : HOUSE.get("/v1/offers", House.OPERATOR).json()) {
      if (offer.get("conversation").asText().equals(opened.id().id())) return offer;
    }
    throw new AssertionError("not on offer: " + opened);
  }
}
