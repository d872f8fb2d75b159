package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.models.Modelled;
import baton.runtime.models.OpenAiServer;
import baton.runtime.models.Reply;
import baton.runtime.observe.OtlpReceiver;
import baton.runtime.tools.ToolProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is seen of an engine from outside after a conversation in which the model and a tool fail:
/// metrics that documentation and dashboard name, a log in JSON, and nowhere what the buyer said.
class WatchedEngineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = BrokenCalendar.MARK;
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern ROW = Pattern.compile("\\| `(baton_[a-z_]+)` \\|.*");
  private static final Pattern METRIC = Pattern.compile("\\b(?:baton|jvm|process|system)_[a-z_]+");

  @TempDir Path folder;
  private volatile Reply next = Reply.text("Hello, what may I do for you?");
  private OtlpReceiver receiver;
  private OpenAiServer model;
  private EngineProcess engine;

  @BeforeEach
  void start() throws IOException {
    receiver = OtlpReceiver.start();
    model = OpenAiServer.start(_ -> next);
    var services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(ToolProvider.class.getName()), BrokenCalendar.class.getName());
    engine = EngineProcess.in("watched").under(folder);
    Files.writeString(
        engine.home().resolve("baton.conf"),
        """
        log = json
        traces.endpoint = "%s"
        tools.use.calendar = broken-calendar
        models.sales {
          provider = openai, base-url = "%s", model = test-model, key = a-key, attempts = 1
        }
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
  void givenAConversationThatIsOver_thenItIsNotKeptInMemory_andWhoWritesToItIsAnsweredAllTheSame() {
    var talk = Talk.open(engine);
    assertTrue(metrics().contains("baton_conversations_warm 1.0"));
    talk.until(talk.saying("stop contacting me"), "closed");
    Wait.until(
        Duration.ofSeconds(20),
        "what is over is not warm",
        () -> metrics().contains("baton_conversations_warm 0.0"));
    talk.buyer().say(talk.id(), "again", "hello?").as(409);
    assertEquals("closed", talk.status());
  }

  @Test
  void
      givenAConversationThatGoesWrong_thenItsMetricsAndItsLogSayHow_andNothingSaysWhatTheBuyerSaid()
          throws IOException {
    var talk = talkOfTheMark();
    assertTrue(
        metrics().contains("baton_effect_seconds_count{kind=\"find-slots\",outcome=\"unknown\"} 1"),
        this::metrics);

    var failed =
        log().stream()
            .filter(line -> line.get("loggerName").asText().endsWith(".Outsider"))
            .toList();
    assertEquals(1, failed.size(), engine.err());
    assertEquals(
        "find-slots did not answer: java.lang.IllegalStateException",
        failed.getFirst().get("formattedMessage").asText());
    assertEquals(
        "default." + talk.id(), failed.getFirst().at("/mdc/conversation").asText(), engine.err());

    Wait.until(
        Duration.ofSeconds(10),
        "the effect is in a trace",
        () -> receiver.text().contains("effect find-slots"));
    var all = Map.of("log", engine.err(), "metrics", metrics(), "traces", receiver.text());
    for (var seen : all.entrySet()) {
      assertFalse(seen.getValue().contains(MARK), seen.getKey());
    }
    assertEquals(documented(), published());
    var samples = samples();
    for (var queried : queried()) assertTrue(samples.contains(queried), queried);
  }

  /// Opened by him, said by him, given to a tool that fails, and part of answers that are none.
  private Talk talkOfTheMark() {
    var talk = Talk.open(engine);
    talk.say("I am " + MARK + " and write from " + MARK + "@example.com");
    next = new Reply.Body("{\"choices\": \"" + MARK);
    talk.say("is " + MARK + " a name?");
    next =
        Reply.call(
            "find-slots",
            """
            {"from": "2027-01-04T09:00:00-07:00", "until": "2027-01-08T17:00:00-07:00",
             "zone": "America/Denver"}
            """);
    long before = talk.saying(MARK + " wants to see it next week");
    talk.until(before, "settled");
    return talk;
  }

  private String metrics() {
    return engine.anybody().get("/metrics").body().asText();
  }

  /// Names of what is measured, without those that the Java machine brings.
  private TreeSet<String> published() {
    return metrics()
        .lines()
        .filter(line -> line.startsWith("# TYPE baton_"))
        .map(line -> line.split(" ")[2])
        .filter(name -> !name.endsWith("_max"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TreeSet<String> documented() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/operating.md")).stream()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private TreeSet<String> samples() {
    return metrics()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[ {]")[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TreeSet<String> queried() throws IOException {
    var board = JSON.readTree(ROOT.resolve("deploy/grafana/baton.json").toFile());
    return board.findValuesAsText("expr").stream()
        .flatMap(query -> METRIC.matcher(query).results())
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<JsonNode> log() {
    return engine.err().lines().map(WatchedEngineTest::line).toList();
  }

  private static JsonNode line(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException notJson) {
      throw new AssertionError("not JSON: " + text, notJson);
    }
  }
}
