package baton.runtime.http;

import static baton.runtime.http.BadInputTest.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what.
class AccessTest {
  private static House house;
  private static House.Opened mine;
  private static House.Opened theirs;

  @BeforeAll
  static void start() {
    house = new House();
    mine = house.open();
    theirs = house.open();
  }

  @AfterAll
  static void stop() {
    house.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/campaigns",
    "GET, /v1/conversations",
    "GET, /v1/conversations/{id}/decisions",
    "POST, /v1/conversations/{id}/takeover",
    "POST, /v1/conversations/{id}/handback",
    "POST, /v1/conversations/{id}/close",
    "PUT, /v1/operators/me",
    "GET, /v1/effects",
    "POST, /v1/effects/1",
    "GET, /v1/approvals",
    "POST, /v1/approvals/a.1",
    "GET, /v1/controls",
    "PUT, /v1/controls/engine",
    "GET, /v1/policies",
    "PUT, /v1/policies/active"
  })
  void whatIsForOperatorsIsForNobodyElse(String method, String template) {
    String path = template.replace("{id}", mine.id().id());

    var nobody = house.sendJson(method, path, "", "{}");
    assertProblem(401, nobody);
    assertTrue(nobody.header("WWW-Authenticate").startsWith("Bearer"));
    assertProblem(401, house.sendJson(method, path, "wrong", "{}"));
    assertProblem(403, house.sendJson(method, path, mine.token(), "{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/conversations/{id}",
    "GET, /v1/conversations/{id}/events",
    "POST, /v1/conversations/{id}/messages"
  })
  void aConversationIsForItsBuyerAndOperators(String method, String template) {
    String body = method.equals("POST") ? House.message("m", "Hi") : "";
    String path = template.replace("{id}", mine.id().id());
    String unknown = template.replace("{id}", "unknown");

    assertProblem(401, house.sendJson(method, path, "", body));
    assertProblem(401, house.sendJson(method, path, mine.token() + "x", body));
    assertProblem(401, house.sendJson(method, unknown, "", body));
    assertProblem(403, house.sendJson(method, path, theirs.token(), body));
    assertProblem(403, house.sendJson(method, unknown, mine.token(), body));
    assertProblem(404, house.sendJson(method, unknown, House.OPERATOR, body));
    assertEquals(2, house.sendJson(method, path, mine.token(), body).status() / 100);
  }

  @Test
  void aTokenOfAConversationThatIsNotThereOpensNothing() {
    var token = new Tokens(new byte[32], House.OPERATOR).of(id("ghost"));
    assertProblem(403, house.get("/v1/conversations/ghost", token));
  }

  @Test
  void anotherSchemeIsNoToken() {
    var reply =
        house.send(
            house.request("/v1/campaigns", "").header("Authorization", "Basic b3A6b3A=").GET());
    assertProblem(401, reply);
  }

  @Test
  void aWrongTokenIsNotTakenForNone() {
    assertProblem(401, house.post("/v1/conversations", "wrong", House.opening("access-1")));
  }

  @Test
  void onlyOperatorsOpenWhatTakesNoInboundChat() {
    String body = House.opening("access-2").replace("inbound-trial", "outbound-appointments");

    assertProblem(401, house.post("/v1/conversations", "", body));
    assertProblem(403, house.post("/v1/conversations", mine.token(), body));
  }

  @Test
  void answersAreNeverCached() {
    assertEquals("no-store", house.get(mine.path(), mine.token()).header("Cache-Control"));
  }

  private static baton.handoff.ConversationId id(String id) {
    return new baton.handoff.ConversationId("default", id);
  }
}
