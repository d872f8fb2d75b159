package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Bad input to a real engine: one clear problem, and nothing has changed.
@ExtendWith(RunningEngine.class)
class RefusedInputTest {
  @Test
  void givenAnUnknownCampaign_thenNoConversationIsOpened(EngineProcess engine) {
    var answer = engine.anybody().open("nowhere", "no-such-campaign", Talk.ZONE);
    assertProblem(422, answer);
    engine.operator().get("/v1/conversations/nowhere").as(404);
    assertEquals(
        0,
        new Ledger(engine.database())
            .count("select count(*) from event_journal where persistence_id like '%nowhere%'"));
  }

  @Test
  void givenMessagesThatCannotBeTaken_thenEachIsRefusedAndTheJournalStaysAsItWas(
      EngineProcess engine) {
    var talk = Talk.open(engine);
    var api = talk.buyer();
    var path = "/v1/conversations/" + talk.id() + "/messages";
    talk.say("yes");
    api.say(talk.id(), "taken", "the team plan").as(202);
    talk.until(talk.events("heard").getLast().get("seq").asLong(), "buyers-turn");
    long before = talk.seq();
    assertAll(
        () -> assertProblem(400, api.postText(path, "{\"id\": \"m\", \"text\": ")),
        () -> assertProblem(413, api.say(talk.id(), "big", "x".repeat(10 * 1024 * 1024))),
        () -> assertProblem(413, api.say(talk.id(), "long", "x".repeat(4_001))),
        () -> assertProblem(422, api.say(talk.id(), "control", "yes\u0000\u0007")),
        () -> assertProblem(422, api.post(path, Map.of("id", "m", "text", "a", "more", "b"))),
        () -> assertProblem(422, api.post(path, Map.of("text", "no id"))),
        () -> assertProblem(409, api.say(talk.id(), "taken", "another plan")),
        () -> assertProblem(401, api.with("").say(talk.id(), "m", "who am I?")),
        () -> assertProblem(403, api.say("somebody-elses", "m", "let me in")),
        () -> assertEquals(before, talk.seq(), "the journal has grown"));
  }

  @Test
  void givenAClosedConversation_thenAMessageIsRefused(EngineProcess engine) {
    var talk = Talk.open(engine).say("goodbye");
    long before = talk.seq();
    assertProblem(409, talk.buyer().say(talk.id(), "late", "hello?"));
    assertEquals(before, talk.seq());
  }

  @Test
  void givenAPolicyWithAnUnknownKey_thenTheActiveOnesStay(EngineProcess engine) {
    var operator = engine.operator();
    var before = operator.get("/v1/policies").as(200);
    var answer =
        operator.putText(
            "/v1/policies/active", "application/yaml", "format: 1\ncampaign: x\nunheard-of: 1\n");
    assertProblem(422, answer);
    assertEquals(before, operator.get("/v1/policies").as(200));
  }

  private static void assertProblem(int status, ApiClient.Answer answer) {
    assertAll(
        () -> assertEquals(status, answer.status(), answer.body().toString()),
        () -> assertTrue(answer.type().startsWith("application/problem+json"), answer.type()),
        () -> assertEquals(status, answer.body().path("status").asInt()),
        () -> assertFalse(answer.body().path("detail").asText().isEmpty(), "what to do"));
  }
}
