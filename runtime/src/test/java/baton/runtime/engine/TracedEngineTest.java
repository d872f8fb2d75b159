package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.models.Modelled;
import baton.runtime.models.OpenAiServer;
import baton.runtime.models.Reply;
import baton.runtime.observe.OtlpReceiver;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an utterance leads to, as a collector of traces is shown it.
class TracedEngineTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SENDER = "b7ad6b7169203331";
  private static final List<String> SHOWN =
      List.of(
          "http.response.status_code",
          "baton.kinds",
          "baton.verdicts",
          "baton.result",
          "baton.outcome");

  private static final String EXPECTED =
      """
      POST /v1/conversations/{id}/messages 202
        step hear
          think booking
            model sales answered
            step answer [find-slots] [permit]
              claim find-slots made
                effect find-slots confirmed
                  step settle confirmed
                    think booking
                      model sales answered
                      step answer [speak] [permit]
                        claim speak made
                          step settle confirmed
      """;

  /// All that spans say of anything: nothing in it is personal.
  private static final Set<String> ATTRIBUTES =
      new TreeSet<>(
          Set.of(
              "baton.conversation",
              "baton.events",
              "baton.kinds",
              "baton.model",
              "baton.outcome",
              "baton.permit",
              "baton.proposals",
              "baton.result",
              "baton.role",
              "baton.seq",
              "baton.tokens.in",
              "baton.tokens.out",
              "baton.verdicts",
              "http.request.method",
              "http.response.status_code",
              "http.route"));

  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private OtlpReceiver receiver;
  private OpenAiServer model;
  private EngineProcess engine;

  @BeforeEach
  void start() throws IOException {
    receiver = OtlpReceiver.start();
    model =
        OpenAiServer.start(_ -> {
          var next = script.poll();
          return next == null ? Reply.text("Hello, what may I do for you?") : next;
        });
    engine = EngineProcess.in("traced");
    Files.writeString(
        engine.home().resolve("baton.conf"),
        """
        traces.endpoint = "%s"
        models.sales { provider = openai, base-url = "%s", model = test-model, key = a-key }
        """
            .formatted(receiver.endpoint(), model.url()));
    engine.launch().ready();
    var policy = Modelled.inboundTrial("playbook", "booking").json();
    engine.operator().putText("/v1/policies/active", "application/json", policy).as(200);
  }

  @AfterEach
  void end() {
    engine.close();
    model.close();
    receiver.close();
  }

  @Test
  void givenAnUtteranceInATraceOfItsSender_thenAllThatCameOfItIsOneTreeBelowThat()
      throws Exception {
    var talk = Talk.open(engine);
    script.add(
        Reply.call(
            "find-slots",
            """
            {"from": "2027-01-04T09:00:00-07:00", "until": "2027-01-08T17:00:00-07:00",
             "zone": "America/Denver"}
            """));
    script.add(Reply.text("There are some, which one do you like?"));
    long before = talk.seq();
    assertEquals(202, said(talk, "I am Zanzibar-77, when are you free?"));
    talk.until(before, "buyers-turn");

    Wait.upTo(
        Duration.ofSeconds(10),
        () -> "this tree is there, not " + tree() + EXPECTED,
        () -> Optional.of(tree()).filter(EXPECTED::equals));
    var page = Files.readString(Path.of("../docs/operating.md"));
    assertTrue(page.contains("```text\n" + EXPECTED + "```"), "the page shows this tree");

    assertFalse(receiver.text().contains("Zanzibar-77"), "what a buyer said is in a trace");
    assertEquals(ATTRIBUTES, attributes());
  }

  private String tree() {
    return String.join("\n", receiver.tree(TRACE, SENDER, SHOWN)) + "\n";
  }

  private TreeSet<String> attributes() {
    return receiver.spans().stream()
        .flatMap(span -> span.attributes().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private int said(Talk talk, String text) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                engine
                    .address()
                    .orElseThrow()
                    .resolve("/v1/conversations/" + talk.id() + "/messages"))
            .header("Authorization", "Bearer " + talk.buyer().token())
            .header("Content-Type", "application/json")
            .header("traceparent", "00-" + TRACE + "-" + SENDER + "-01")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"id\": \"traced\", \"text\": \"" + text + "\"}"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
