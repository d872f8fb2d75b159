package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the public contract promises when all goes well.
class ContractTest {
  private static House house;

  @BeforeAll
  static void start() {
    house = new House();
  }

  @AfterAll
  static void stop() {
    house.close();
  }

  @Test
  void anyoneOpensAnInboundConversationAndGetsItsToken() {
    var reply = house.post("/v1/conversations", "", House.opening("open-1"));

    assertEquals(201, reply.status());
    assertEquals(
        new TreeSet<>(List.of("epoch", "holder", "id", "status", "token")), names(reply.json()));
    assertEquals("open-1", reply.json().get("id").asText());
    assertEquals("booking", reply.json().get("holder").asText());
    assertEquals("open", reply.json().get("status").asText());
    assertEquals(1, reply.json().get("epoch").asLong());
  }

  @Test
  void openingAgainWithTheSameBodyChangesNothingAndGivesTheSameToken() {
    var first = house.post("/v1/conversations", "", House.opening("open-2"));
    var again = house.post("/v1/conversations", "", House.opening("open-2"));

    assertEquals(200, again.status());
    assertEquals(first.json(), again.json());
    assertEquals(
        200, house.get("/v1/conversations/open-2", again.json().get("token").asText()).status());
  }

  @Test
  void withoutAnIdEachConversationGetsItsOwn() {
    String body = House.opening("x").replace("\"id\":\"x\",", "");
    var one = house.post("/v1/conversations", "", body);
    var two = house.post("/v1/conversations", "", body);

    assertEquals(201, one.status());
    assertEquals(201, two.status());
    assertFalse(one.json().get("id").equals(two.json().get("id")));
  }

  @Test
  void aMessageIsInTheJournalWhenItIsAcknowledged() {
    var opened = house.open();
    var reply = house.post(opened.path() + "/messages", opened.token(), House.message("m1", "Hi"));

    assertEquals(202, reply.status());
    assertEquals("m1", reply.json().get("id").asText());
    var line = house.get(opened.path(), opened.token()).json().get("transcript").get(0);
    assertEquals("buyer", line.get("by").asText());
    assertEquals("Hi", line.get("text").asText());
    assertEquals(House.NOON.toString(), line.get("at").asText());
  }

  @Test
  void theSameMessageAgainChangesNothing() {
    var opened = house.open();
    house.post(opened.path() + "/messages", opened.token(), House.message("m1", "Hi"));
    long seq = house.engine.state(opened.id()).seq();

    var again = house.post(opened.path() + "/messages", opened.token(), House.message("m1", "Hi"));

    assertEquals(202, again.status());
    assertEquals(seq, house.engine.state(opened.id()).seq());
  }

  @Test
  void theBuyersZoneIsTheOneTheWordsAreReadIn() {
    var opened = house.open();
    house.post(opened.path() + "/messages", opened.token(), House.message("m1", "Hi"));

    var heard =
        events(opened, House.OPERATOR).stream()
            .filter(event -> event.get("type").asText().equals("heard"))
            .findFirst()
            .orElseThrow();
    assertEquals("America/Denver", heard.at("/data/signals/0/value").asText(), heard.toString());
  }

  @Test
  void whatWasVoicedIsInTheTranscriptOnceItIsSettled() {
    var opened = house.open();
    house.post(opened.path() + "/messages", opened.token(), House.message("m1", "Hi"));
    disclose(opened);
    assertEquals(1, house.get(opened.path(), opened.token()).json().get("transcript").size());

    house.engine.perform(opened.id());

    var state = house.get(opened.path(), opened.token()).json();
    assertEquals(2, state.get("transcript").size(), state.toString());
    var said = state.get("transcript").get(1);
    assertEquals("booking", said.get("by").asText());
    assertFalse(said.get("text").asText().isBlank());
  }

  @Test
  void theStateHasExactlyTheMembersOfTheContract() {
    var opened = house.open();
    disclose(opened);

    var state = house.get(opened.path(), House.OPERATOR).json();

    assertEquals(
        new TreeSet<>(
            List.of(
                "id",
                "campaign",
                "channel",
                "status",
                "holder",
                "epoch",
                "facts",
                "consents",
                "transcript",
                "permits",
                "approvals")),
        names(state));
    assertEquals(
        new TreeSet<>(List.of("id", "seq", "kind", "state", "expiresAt")),
        names(state.get("permits").get(0)));
    assertEquals("open", state.at("/permits/0/state").asText());
  }

  @Test
  void aBuyerSeesNeitherPermitsNorFindings() {
    var opened = house.open();
    disclose(opened);
    house.engine.perform(opened.id());

    var state = house.get(opened.path(), opened.token()).json();
    assertEquals(0, state.get("permits").size());
    var events = events(opened, opened.token());
    var types =
        events.stream()
            .map(event -> event.get("type").asText())
            .filter(type -> !type.equals("internal"))
            .toList();
    assertEquals(List.of("opened", "contact-began", "granted", "settled"), types);
    for (int i = 0; i < events.size(); i++) {
      assertEquals(i + 1, events.get(i).get("seq").asLong(), "a buyer sees every number");
      if (events.get(i).get("type").asText().equals("internal")) {
        assertEquals(0, events.get(i).get("data").size(), "and nothing of what is internal");
      }
    }
    String all = events(opened, opened.token()).toString();
    assertFalse(all.contains("findings"), all);
    assertFalse(all.contains("permit"), all);
    assertFalse(all.contains("policy"), all);
  }

  @Test
  void anOperatorSeesEveryEventByItsNumber() {
    var opened = house.open();
    disclose(opened);

    var events = events(opened, House.OPERATOR);

    for (int i = 0; i < events.size(); i++) assertEquals(i + 1, events.get(i).get("seq").asLong());
    assertEquals(house.engine.state(opened.id()).seq(), events.size());
    var rest = house.get(opened.path() + "/events?after=3", House.OPERATOR).json();
    assertEquals(4, rest.get(0).get("seq").asLong());
    assertEquals(events.size() - 3, rest.size());
  }

  @Test
  void aDecisionSaysWhatWasFoundAndWhatCameOfIt() {
    var opened = house.open();
    disclose(opened);
    house.engine.perform(opened.id());

    var decisions = house.get(opened.path() + "/decisions", House.OPERATOR).json();

    var decision = decisions.get(0);
    assertEquals(
        new TreeSet<>(
            List.of(
                "seq",
                "at",
                "role",
                "epoch",
                "action",
                "verdict",
                "findings",
                "policy",
                "permit",
                "outcome",
                "words",
                "origin")),
        names(decision));
    assertEquals("disclose", decision.at("/action/kind").asText());
    assertEquals("permit", decision.get("verdict").asText());
    assertEquals("confirmed", decision.at("/outcome/state").asText());
    assertEquals(
        new TreeSet<>(List.of("check", "verdict", "clause", "owner", "words")),
        names(decision.get("findings").get(0)));
    assertTrue(
        decision.get("words").asText().startsWith("Permitted: Booking may make the disclosure"),
        decision.get("words").asText());
  }

  @Test
  void aHumanTakesSpeaksAndGivesBack() {
    var opened = house.open();

    var taken = house.post(opened.path() + "/takeover", House.OPERATOR, "");
    assertEquals(200, taken.status(), taken.text());
    assertEquals("human", taken.json().get("holder").asText());
    assertEquals("with-human", taken.json().get("status").asText());
    assertTrue(taken.json().get("inFlight").isArray());

    var said =
        house.post(opened.path() + "/messages", House.OPERATOR, House.message("h1", "Ann here"));
    assertEquals(202, said.status(), said.text());
    house.engine.perform(opened.id());
    var line = house.get(opened.path(), opened.token()).json().get("transcript").get(0);
    assertEquals("human", line.get("by").asText());
    assertEquals("Ann here", line.get("text").asText());

    var back = house.post(opened.path() + "/handback", House.OPERATOR, "{}");
    assertEquals(200, back.status(), back.text());
    assertEquals("passing", back.json().get("status").asText());
  }

  @Test
  void anOperatorEndsAConversation() {
    var opened = house.open();

    var closed = house.post(opened.path() + "/close", House.OPERATOR, "{\"reason\":\"test\"}");

    assertEquals(200, closed.status());
    assertEquals("closed", closed.json().get("status").asText());
    assertTrue(closed.json().get("holder").isNull());
  }

  @Test
  void aPauseShowsInTheStateAndInTheList() {
    var opened = house.open();
    String scope = "/v1/controls/conversation:" + opened.id().id();

    var paused = house.put(scope, House.OPERATOR, "{\"mode\":\"paused\",\"reason\":\"checking\"}");

    assertEquals(200, paused.status());
    assertEquals(new TreeSet<>(List.of("scope", "mode", "at", "inFlight")), names(paused.json()));
    assertEquals("paused", house.get(opened.path(), opened.token()).json().get("status").asText());
    var list = house.get("/v1/conversations?status=paused", House.OPERATOR).json();
    assertEquals(opened.id().id(), list.get(0).get("id").asText());
    assertEquals(
        202,
        house
            .post(opened.path() + "/messages", opened.token(), House.message("m1", "Hello?"))
            .status());
    house.put(scope, House.OPERATOR, "{\"mode\":\"running\",\"reason\":\"checked\"}");
    assertEquals("open", house.get(opened.path(), opened.token()).json().get("status").asText());
    assertTrue(house.get("/v1/controls", House.OPERATOR).text().contains("checked"));
  }

  @Test
  void campaignsPoliciesEffectsAndAvailabilityAnswerOperators() {
    var campaigns = house.get("/v1/campaigns", House.OPERATOR).json();
    assertEquals("inbound-trial", campaigns.get(0).get("campaign").asText());
    assertEquals("outbound-appointments", campaigns.get(1).get("campaign").asText());
    var policies = house.get("/v1/policies", House.OPERATOR).json();
    assertEquals(64, policies.get(0).get("version").asText().length());
    assertEquals(0, house.get("/v1/effects?after=0", House.OPERATOR).json().size());
    var me = house.put("/v1/operators/me", House.OPERATOR, "{\"available\":true}");
    assertEquals(200, me.status());
    assertEquals(1, house.operators.count("default"));
  }

  @Test
  void healthMetricsAndDescriptionAreOpenToAll() {
    assertEquals(200, house.get("/health/live", "").status());
    assertEquals(200, house.get("/health/ready", "").status());
    assertTrue(house.get("/openapi.yaml", "").text().startsWith("openapi: 3.1"));
    var metrics = house.get("/metrics", "").text();
    assertTrue(metrics.contains("baton_decisions_total{verdict=\"permit\"} 0"), metrics);
    assertTrue(metrics.contains("baton_uptime_seconds 0"), metrics);
    assertTrue(
        metrics.contains(
            "baton_http_requests_total{method=\"GET\",route=\"/health/live\",status=\"200\"}"),
        metrics);
  }

  /// The booking agent proposes its disclosure, and it is permitted.
  private static void disclose(House.Opened opened) {
    house.engine.answer(opened.id(), new Action.Disclose("ai", new Words.Line("disclosure-ai")));
  }

  private static List<JsonNode> events(House.Opened opened, String token) {
    var events = house.get(opened.path() + "/events", token).json();
    var list = new java.util.ArrayList<JsonNode>();
    events.forEach(list::add);
    return list;
  }

  private static TreeSet<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
