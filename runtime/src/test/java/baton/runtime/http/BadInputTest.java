package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Decision.Refusal;
import baton.persistence.policy.PolicyCompiler;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each bad input gets one clear answer, and changes nothing.
class BadInputTest {
  private static House house;

  @BeforeAll
  static void start() {
    house = new House(House.patient(Duration.ofMillis(200), Duration.ofSeconds(15)));
  }

  @AfterAll
  static void stop() {
    house.close();
  }

  @AfterEach
  void heal() {
    house.engine.notReady = "";
    house.engine.instead = Optional.empty();
    house.engine.silent = false;
  }

  @Test
  void anUnknownCampaignIsInvalidAndOnlyOperatorsLearnTheKnownOnes() {
    String body = House.opening("bad-1").replace("inbound-trial", "nowhere");

    var anyone = house.post("/v1/conversations", "", body);
    var operator = house.post("/v1/conversations", House.OPERATOR, body);

    assertProblem(422, anyone);
    assertFalse(anyone.detail().contains("inbound-trial"));
    assertProblem(422, operator);
    assertTrue(operator.detail().contains("inbound-trial"));
    assertTrue(house.engine.journal(new House.Opened(id("bad-1"), "").id()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "",
        "nonsense",
        "{\"id\":\"m\",\"text\":\"a\"} {}",
        "{\"id\":\"m\",\"id\":\"n\",\"text\":\"a\"}",
        "{\"id\":\"m\",\"text\":\"a\u0007b\"}"
      })
  void brokenJsonIsABadRequest(String body) {
    var opened = house.open();
    long seq = house.engine.state(opened.id()).seq();

    assertProblem(
        body.isEmpty() ? 415 : 400, house.post(opened.path() + "/messages", opened.token(), body));
    assertEquals(seq, house.engine.state(opened.id()).seq());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"m\",\"text\":\"a\",\"mood\":\"x\"} | mood",
        "{\"id\":\"m\"} | text",
        "{\"text\":\"a\"} | id",
        "{\"id\":\"m\",\"text\":\"  \"} | text",
        "{\"id\":\"m\",\"text\":7} | text",
        "{\"id\":\"m\",\"text\":null} | text",
        "{\"id\":\"m\",\"text\":\"a\\u0000b\"} | text",
        "{\"id\":\"m\",\"text\":\"a\\u009bb\"} | text",
        "{\"id\":\"m\",\"text\":\"a\\u001b[2Jb\"} | text",
        "{\"id\":\"m\",\"text\":\"a\\ud800b\"} | text",
        "{\"id\":\"m n\",\"text\":\"a\"} | id",
        "{\"id\":\"m\",\"text\":\"a\",\"confidence\":1.01} | confidence",
        "{\"id\":\"m\",\"text\":\"a\",\"confidence\":-1} | confidence",
        "{\"id\":\"m\",\"text\":\"a\",\"confidence\":\"1\"} | confidence",
        "{\"id\":\"m\",\"text\":\"a\",\"confidence\":1e999} | confidence",
      })
  void whatIsUnderstoodButInvalidNamesTheMember(String body, String member) {
    var opened = house.open();

    var reply = house.post(opened.path() + "/messages", opened.token(), body);

    assertProblem(422, reply);
    assertTrue(reply.detail().contains("'" + member + "'"), reply.detail());
    assertEquals(0, house.get(opened.path(), opened.token()).json().get("transcript").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | how",
        "{\"how\":null} | how",
        "{\"how\":7} | how",
        "{\"how\":\"HUNG_UP\"} | how",
        "{\"how\":\"asleep\"} | hung-up, voicemail",
        "{\"how\":\"hung-up\",\"channel\":\"chat\"} | channel",
      })
  void onlyAsTheseTwoABuyerLeaves(String body, String named) {
    var opened = house.open();
    long before = house.engine.state(opened.id()).seq();

    var reply = house.post(opened.path() + "/leave", opened.token(), body);

    assertProblem(422, reply);
    assertTrue(reply.detail().contains(named), reply.detail());
    assertEquals(before, house.engine.state(opened.id()).seq());
  }

  @Test
  void tabsAndLineEndsAreNoControlCharacters() {
    var opened = house.open();
    String text = "one\\ttwo\\nthree\\r\\nfour";

    assertEquals(
        202,
        house.post(opened.path() + "/messages", opened.token(), House.message("m", text)).status());
  }

  @Test
  void anOpeningIsHeldAgainstItsBounds() {
    for (String[] change :
        new String[][] {
          {"\"chat\"", "\"smoke\"", "channel"},
          {"America/Denver", "Mars/Base", "timeZone"},
          {"\"id\":\"bad-2\"", "\"id\":\"bad 2\"", "id"},
          {"\"timeZone\"", "\"shoeSize\"", "buyer.shoeSize"},
          {"\"buyer\":{", "\"buyer\":7,\"x\":{", "x"},
        }) {
      var reply =
          house.post("/v1/conversations", "", House.opening("bad-2").replace(change[0], change[1]));
      assertProblem(422, reply);
      assertTrue(reply.detail().contains(change[2]), reply.detail());
    }
    assertTrue(house.engine.journal(id("bad-2")).isEmpty());
  }

  @Test
  void tenMegabytesAreTooLarge() {
    var opened = house.open();
    String text = "x".repeat(10 * 1024 * 1024);

    var reply = house.post(opened.path() + "/messages", opened.token(), House.message("m", text));

    assertProblem(413, reply);
    assertEquals(0, house.get(opened.path(), opened.token()).json().get("transcript").size());
  }

  @Test
  void aTextOfMoreThanFourThousandCharactersIsTooLarge() {
    var opened = house.open();
    String path = opened.path() + "/messages";

    assertProblem(413, house.post(path, opened.token(), House.message("m", "x".repeat(4_001))));
    assertEquals(
        202, house.post(path, opened.token(), House.message("m", "x".repeat(4_000))).status());
  }

  @Test
  void anotherContentTypeIsNotSupported() {
    var opened = house.open();

    var reply =
        house.send(
            house
                .request(opened.path() + "/messages", opened.token())
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(House.message("m", "Hi"))));

    assertProblem(415, reply);
  }

  @Test
  void bytesThatAreNotUtf8AreABadRequest() {
    var opened = house.open();

    var reply =
        house.send(
            house
                .request(opened.path() + "/messages", opened.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', (byte) 0xff, '}'})));

    assertProblem(400, reply);
  }

  @Test
  void aRepeatedIdWithAnotherBodyIsAConflict() {
    var opened = house.open();
    String path = opened.path() + "/messages";
    house.post(path, opened.token(), House.message("m", "Hi"));

    assertProblem(409, house.post(path, opened.token(), House.message("m", "Ho")));
    String other = House.opening(opened.id().id()).replace("ada@", "eve@");
    assertProblem(409, house.post("/v1/conversations", "", other));
    assertEquals(1, house.get(opened.path(), opened.token()).json().get("transcript").size());
  }

  @Test
  void aClosedConversationTakesNoMessageButKnowsTheOldOnes() {
    var opened = house.open();
    String path = opened.path() + "/messages";
    house.post(path, opened.token(), House.message("m", "Hi"));
    house.post(opened.path() + "/close", House.OPERATOR, "");

    var reply = house.post(path, opened.token(), House.message("n", "Still there?"));

    assertProblem(409, reply);
    assertTrue(reply.detail().contains("closed"), reply.detail());
    assertEquals(202, house.post(path, opened.token(), House.message("m", "Hi")).status());
  }

  @Test
  void anOperatorWhoHasNotTakenOverMayNotSpeak() {
    var opened = house.open();

    var reply = house.post(opened.path() + "/messages", House.OPERATOR, House.message("h", "Hi"));

    assertProblem(409, reply);
  }

  @Test
  void queriesAreHeldAgainstTheirBounds() {
    var opened = house.open();
    assertProblem(422, house.get(opened.path() + "/events?after=-1", opened.token()));
    assertProblem(422, house.get(opened.path() + "/events?after=x", opened.token()));
    assertProblem(422, house.get(opened.path() + "/events?afetr=1", opened.token()));
    assertProblem(422, house.get("/v1/conversations?status=odd", House.OPERATOR));
    assertProblem(422, house.get("/v1/effects?conversation=a%20b", House.OPERATOR));
  }

  @Test
  void unknownAddressesAndMethodsAreNamed() {
    assertProblem(404, house.get("/v1/nothing", House.OPERATOR));
    var reply = house.sendJson("DELETE", "/v1/controls", House.OPERATOR, "");
    assertProblem(405, reply);
    assertEquals("GET", reply.header("Allow"));
  }

  /// RFC 9110, section 9.3.2: whatever can be read can be asked for without its content.
  @Test
  void whateverIsReadAnswersHeadWithoutContent() {
    for (var path : List.of("/health/live", "/openapi.yaml", "/chat")) {
      var got = house.get(path, "");
      var head = house.send(house.request(path, "").method("HEAD", BodyPublishers.noBody()));
      assertEquals(got.status(), head.status(), path);
      assertEquals("", head.text(), path);
      assertEquals(got.header("Content-Type"), head.header("Content-Type"), path);
    }
    assertEquals(
        405,
        house
            .send(
                house
                    .request("/v1/operators/me", House.OPERATOR)
                    .method("HEAD", BodyPublishers.noBody()))
            .status());
  }

  @Test
  void controlsNameWhatDoesNotExist() {
    String pause = "{\"mode\":\"paused\",\"reason\":\"test\"}";
    assertProblem(422, house.put("/v1/controls/everything", House.OPERATOR, pause));
    assertProblem(404, house.put("/v1/controls/campaign:nowhere", House.OPERATOR, pause));
    assertProblem(404, house.put("/v1/controls/role:janitor", House.OPERATOR, pause));
    assertProblem(404, house.put("/v1/controls/conversation:none", House.OPERATOR, pause));
    assertProblem(422, house.put("/v1/controls/engine", House.OPERATOR, "{\"mode\":\"paused\"}"));
    assertProblem(
        422,
        house.put("/v1/controls/engine", House.OPERATOR, "{\"mode\":\"off\",\"reason\":\"x\"}"));
    assertEquals(0, house.get("/v1/controls", House.OPERATOR).json().size());
  }

  @Test
  void approvalsThatDoNotExistAreUnknown() {
    String yes = "{\"verdict\":\"approve\",\"reason\":\"fine\"}";
    var opened = house.open();
    assertProblem(404, house.post("/v1/approvals/none.3", House.OPERATOR, yes));
    assertProblem(404, house.post("/v1/approvals/none", House.OPERATOR, yes));
    assertProblem(404, house.post("/v1/approvals/" + opened.id().id() + ".3", House.OPERATOR, yes));
    assertProblem(
        422,
        house.post(
            "/v1/approvals/none.3", House.OPERATOR, "{\"verdict\":\"perhaps\",\"reason\":\"\"}"));
  }

  @Test
  void aPolicyThatIsNotValidNamesItsLinesAndChangesNothing() {
    var before = house.get("/v1/policies", House.OPERATOR).json();
    var reply =
        house.send(
            house
                .request("/v1/policies/active", House.OPERATOR)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString("format: 1\nshoes: brown\n")));

    assertProblem(422, reply);
    assertTrue(reply.json().get("errors").get(0).asText().startsWith("policy.yaml:"), reply.text());
    assertEquals(before, house.get("/v1/policies", House.OPERATOR).json());
  }

  /// The simulator is not on the class path of these tests.
  @Test
  void aPolicyWhoseScenariosNothingCanPlayIsRefusedAndChangesNothing() {
    var before = house.get("/v1/policies", House.OPERATOR).json();
    var brings =
        PolicyCompiler.sample("inbound-trial")
            .orThrow()
            .json()
            .replaceFirst(
                "\"start\":",
                "\"scenarios\":[{\"expect\":[{\"effect\":\"book\"}],\"scenario\":\"books\","
                    + "\"shows\":\"A call is booked.\"}],\"start\":");
    var reply =
        house.send(
            house
                .request("/v1/policies/active", House.OPERATOR)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(brings)));

    assertProblem(422, reply);
    assertEquals(
        "scenario \"books\": nothing here can play it; put Baton's simulation module on the class"
            + " path, as ./baton does",
        reply.json().get("errors").get(0).asText());
    assertEquals(before, house.get("/v1/policies", House.OPERATOR).json());
  }

  @Test
  void anEngineThatIsNotReadySaysWhyAndWhenToAskAgain() {
    house.engine.notReady = "the database is starting";

    var reply = house.post("/v1/conversations", "", House.opening("bad-3"));

    assertProblem(503, reply);
    assertEquals("1", reply.header("Retry-After"));
    assertTrue(reply.detail().contains("the database is starting"));
    assertEquals(503, house.get("/health/ready", "").status());
    assertEquals(200, house.get("/health/live", "").status());
  }

  @Test
  void aBusyConversationSaysWhenToAskAgain() {
    var opened = house.open();
    house.engine.instead = Optional.of(FakeEngine.busy());

    var reply = house.post(opened.path() + "/messages", opened.token(), House.message("m", "Hi"));

    assertProblem(503, reply);
    assertEquals("3", reply.header("Retry-After"));
  }

  @Test
  void aCommandThatIsNotAnsweredMayBeSentAgain() {
    var opened = house.open();
    house.engine.silent = true;

    var reply = house.post(opened.path() + "/messages", opened.token(), House.message("m", "Hi"));

    assertProblem(503, reply);
    assertEquals("1", reply.header("Retry-After"));
  }

  @Test
  void whatTheKernelRefusesKeepsItsKind() {
    var opened = house.open();
    String path = opened.path() + "/takeover";
    house.engine.instead = Optional.of(FakeEngine.rejected(Refusal.NOT_ALLOWED));
    assertProblem(403, house.post(path, House.OPERATOR, ""));
    house.engine.instead = Optional.of(FakeEngine.rejected(Refusal.INVALID));
    assertProblem(422, house.post(path, House.OPERATOR, ""));
    house.engine.instead = Optional.of(FakeEngine.rejected(Refusal.UNKNOWN));
    assertProblem(404, house.post(path, House.OPERATOR, ""));
  }

  @Test
  void anErasedBuyerIsNotWrittenTo() {
    try (var other = new House()) {
      var opened = other.open();
      other.vault.erase("default", other.vault.subject("default", "ada@example.org"));
      assertProblem(
          409, other.post(opened.path() + "/messages", opened.token(), House.message("m", "Hi")));
    }
  }

  @Test
  void aPortInUseIsOneLineThatSaysWhatToDo() {
    try (var other = new House()) {
      var settings = HttpSettings.defaults().at("127.0.0.1", other.port());
      var failure =
          org.junit.jupiter.api.Assertions.assertThrows(
              CompletionException.class,
              () -> other.api(settings).bind().toCompletableFuture().join());
      String line = failure.getCause().getMessage();
      assertTrue(line.contains(":" + other.port()), line);
      assertTrue(line.contains("--port"), line);
      assertEquals(1, line.lines().count());
    }
  }

  private static baton.handoff.ConversationId id(String id) {
    return new baton.handoff.ConversationId("default", id);
  }

  static void assertProblem(int status, House.Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertEquals("application/problem+json", reply.header("Content-Type"));
    assertEquals(status, reply.json().get("status").asInt());
    assertEquals(Problem.title(status), reply.json().get("title").asText());
    assertEquals("about:blank", reply.json().get("type").asText());
    assertFalse(reply.detail().isBlank());
  }
}
