package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.models.Modelled;
import baton.runtime.models.OpenAiServer;
import baton.runtime.models.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A running engine whose booking agent is a language model on a server, over real HTTP: when it
/// answers, when it fails in any way, and when the engine is killed around its answer.
class ModelEngineTest {
  private static final String KEY = "a-secret-key-of-the-test";
  private static final String GREETING = "Hello! What may I do for you?";

  private static final String FIRST = "Hello there, and a good morning! ";
  private static final String SECOND = "I can show you the product today. ";
  private static final String THIRD = "What would you like to see?";

  private volatile Reply next = Reply.text("ok");
  private OpenAiServer server;
  private EngineProcess engine;

  @BeforeEach
  void start() throws IOException {
    server = OpenAiServer.start(_ -> next);
    engine = EngineProcess.in("model");
    Files.writeString(
        engine.home().resolve("baton.conf"),
        """
        models.sales {
          provider = openai, base-url = "%s", model = test-model, key = %s
          timeout = 2s, attempts = 1
        }
        """
            .formatted(server.url(), KEY));
    launch();
    var policy = Modelled.inboundTrial("playbook", "booking").json();
    engine.operator().putText("/v1/policies/active", "application/json", policy).as(200);
  }

  private void launch() {
    engine.launch("--data", engine.data().toString(), "--port", "0").ready();
  }

  @AfterEach
  void end() {
    engine.close();
    server.close();
  }

  @Test
  void givenAModel_thenItLeadsTheConversationUnderTheGate_andFailuresAreAnsweredByThePlaybook()
      throws IOException {
    next = Reply.text(GREETING);
    var talk = Talk.open(engine);
    assertEquals(GREETING, talk.lastLine().get("text").asText());
    assertTrue(
        said(talk).getFirst().startsWith("I am an automated assistant"), said(talk)::toString);
    var origin = talk.decisions("speak").getFirst().get("origin");
    assertEquals("sales", origin.get("model").asText());
    assertEquals(64, origin.get("prompt").asText().length());
    assertEquals(15, origin.get("tokensIn").asLong() + origin.get("tokensOut").asLong());
    assertEquals(List.of(KEY), keys());

    next = Reply.call("quote", "{\"product\":\"team\",\"seats\":3}");
    long heard = talk.saying("my name is Ada Lovelace and I want an offer for 3");
    talk.until(heard, "rounds-spent", "buyers-turn");
    assertEquals(List.of(), talk.irregularities());
    assertEquals(0, talk.effects("quote").size(), "booking does not sell");

    assertAll(failures().entrySet().stream().map(failure -> () -> answered(failure)));
    var log = engine.err();
    assertFalse(log.contains(KEY), "the key is in the log");
    assertFalse(log.contains("Lovelace"), "a buyer's words are in the log");
  }

  /// @param failure what the record calls it, and how the server behaves
  private void answered(Map.Entry<String, Reply> failure) {
    next = failure.getValue();
    var talk = Talk.open(engine);
    assertEquals("booking", talk.lastSpeaker(), failure.getKey());
    var factors = talk.decisions("speak").getFirst().get("origin").get("factors");
    assertEquals(failure.getKey(), factors.path(0).asText());
    assertEquals(List.of(), talk.irregularities());
  }

  private static Map<String, Reply> failures() {
    var close = new Reply.Call("1", "close", "{\"reason\":\"done\"}");
    var failures = new LinkedHashMap<String, Reply>();
    failures.put("refused-401", Reply.status(401));
    failures.put("calls", Reply.calls(Collections.nCopies(10_000, close)));
    failures.put("rounds", Reply.call("no-such-tool", "{"));
    failures.put("answer-chars", Reply.text("x".repeat(3_000)));
    failures.put("nothing", Reply.text("\u0007"));
    failures.put("overloaded-503", Reply.status(503));
    failures.put("unreachable", new Reply.Reset());
    failures.put("timed-out", new Reply.Hang());
    failures.put("malformed", new Reply.Body("{\"choices\": 7}"));
    failures.put("too-large", new Reply.Endless());
    return failures;
  }

  @Test
  void givenAKillWhileAModelThinks_thenItIsAskedOnceMore_andNeverAgainAfterItsAnswer() {
    var held = new CountDownLatch(1);
    long before = server.asked().size();
    next = new Reply.Held(held, Reply.text("too late"));
    var talk = Talk.opening(engine);
    Wait.until(Duration.ofSeconds(20), "the model is asked", () -> server.asked().size() > before);
    engine.kill9();
    held.countDown();
    next = Reply.text(GREETING);
    launch();
    var again = talk.on(engine);
    again.until(0, "buyers-turn");
    assertEquals(GREETING, again.lastLine().get("text").asText());

    long asked = server.asked().size();
    engine.kill9();
    launch();
    var later = again.on(engine);
    assertEquals(GREETING, later.lastLine().get("text").asText());
    later.say("thank you");
    assertEquals(1, server.asked().stream().skip(asked).filter(ModelEngineTest::isOfAgent).count());
    assertEquals(List.of(), later.irregularities());
  }

  @Test
  void
      givenAModelThatStreams_thenASentenceIsSaidBeforeTheNextIsWritten_andNobodyIsToldWhatNobodyWants()
          throws InterruptedException {
    var policy = Modelled.streamed("streamed-trial", "playbook", "booking").json();
    engine.operator().putText("/v1/policies/active", "application/json", policy).as(200);
    var steps = new Semaphore(2);
    next = new Reply.Pieces(List.of(FIRST, SECOND, THIRD), steps);
    var talk = Talk.opening(engine, "streamed-trial");
    heard(talk, FIRST);
    assertEquals(1, server.underWay(), "the model has not said all");
    assertFalse(said(talk).contains(THIRD.strip()));

    // Who is interrupted stops.
    next = Reply.text("Of course: what is it?");
    talk.saying("sorry, one question first");
    heard(talk, "Of course: what is it?");
    server.awaitUnderWay(0);
    assertFalse(said(talk).contains(THIRD.strip()));
    assertEquals(List.of(), talk.irregularities());
  }

  /// What was voiced stands; the model is asked anew, and told what the buyer has heard.
  @Test
  void givenAKillInTheMiddleOfAnAnswer_thenItGoesOnFromWhatTheBuyerHasHeard() {
    var policy = Modelled.streamed("streamed-trial", "playbook", "booking").json();
    engine.operator().putText("/v1/policies/active", "application/json", policy).as(200);
    next = new Reply.Pieces(List.of(FIRST, SECOND, THIRD), new Semaphore(2));
    var talk = Talk.opening(engine, "streamed-trial");
    heard(talk, FIRST);
    engine.kill9();
    next = Reply.text(THIRD);
    long before = server.asked().size();
    launch();
    var again = talk.on(engine);
    heard(again, THIRD);
    assertEquals(
        1, said(again).stream().filter(FIRST.strip()::equals).count(), said(again)::toString);
    var asked = server.asked().stream().skip(before).filter(ModelEngineTest::isOfAgent).toList();
    assertEquals(1, asked.size());
    assertTrue(
        asked.getFirst().messages().contains("assistant: " + FIRST.strip()),
        asked.getFirst().messages()::toString);
    assertEquals(List.of(), again.irregularities());
  }

  private static void heard(Talk talk, String sentence) {
    Wait.until(
        Duration.ofSeconds(20),
        "the buyer hears " + sentence,
        () -> said(talk).contains(sentence.strip()));
  }

  /// The engine itself asks whether a model is well when it starts.
  private static boolean isOfAgent(OpenAiServer.Asked asked) {
    return asked.messages().getFirst().startsWith("system: You are booking.");
  }

  private List<String> keys() {
    return server.asked().stream().flatMap(asked -> asked.key().stream()).distinct().toList();
  }

  private static List<String> said(Talk talk) {
    return ApiClient.list(talk.view().get("transcript")).stream()
        .map((JsonNode line) -> line.get("text").asText())
        .toList();
  }
}
