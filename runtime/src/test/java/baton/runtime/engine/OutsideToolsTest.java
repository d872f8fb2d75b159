package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.models.Modelled;
import baton.runtime.models.OpenAiServer;
import baton.runtime.models.Reply;
import baton.runtime.outside.Carrier;
import baton.runtime.outside.Declared;
import baton.runtime.outside.Warehouse;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running engine whose model uses tools on other people's servers, an MCP server's and a signed
/// HTTP endpoint's, as far as the policy goes and no further.
class OutsideToolsTest {
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  @TempDir Path folder;
  private OpenAiServer model;
  private EngineProcess engine;
  private Carrier carrier;
  private Path calls;

  @BeforeEach
  void start() throws Exception {
    model =
        OpenAiServer.start(asked -> {
          var next = isOfAgent(asked) ? script.poll() : null;
          return next == null ? Reply.text("Very well.") : next;
        });
    engine = EngineProcess.in("outside-tools");
    calls = engine.home().resolve("calls");
    int port = freePort();
    Files.writeString(
        engine.home().resolve("baton.conf"),
        """
        models.sales { provider = openai, base-url = "%s", model = test-model, key = a-key }
        servers.carrier { url = "http://127.0.0.1:%d/baton" }
        servers.warehouse { mcp = ["%s", -cp, "%s", %s, "%s"], within = 3s }
        """
            .formatted(
                model.url(),
                port,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Warehouse.class.getName(),
                calls));
    var address = engine.launch("--data", engine.data().toString(), "--port", "0").ready();
    carrier = Carrier.start(folder, port, address.resolve("/.well-known/jwks.json"));
    var policy =
        Declared.in(Modelled.inboundTrial("playbook", "booking"), Declared.PARCEL, Declared.STOCK);
    engine.operator().putText("/v1/policies/active", "application/json", policy.json()).as(200);
  }

  @AfterEach
  void end() throws IOException {
    engine.close();
    if (carrier != null) carrier.close();
    model.close();
  }

  @Test
  void bothAreUsedUnderTheGate_andNothingTheySayIsAnInstruction() throws IOException {
    var talk = Talk.open(engine);
    script.add(Reply.call("tool__stock", "{\"product\":\"injected\"}"));
    talk.say("how many of them are there?");
    assertEquals("confirmed", talk.effects("tool:stock").getFirst().get("state").asText());
    assertEquals("3", talk.fact("stock.left").asText());
    assertEquals("tool", talk.view().at("/facts/stock.left/source").asText());

    script.add(Reply.call("tool__parcel", "{\"count\":2,\"note\":\"for Ada Lovelace\"}"));
    talk.say("then send me two");
    assertEquals("confirmed", talk.effects("tool:parcel").getFirst().get("state").asText());
    assertEquals("P-2", talk.fact("parcel.number").asText());
    assertEquals(2, carrier.parcels());
    assertEquals(List.of(), talk.irregularities());
    assertTrue(offered().containsAll(List.of("tool__parcel", "tool__stock")), offered()::toString);
    for (var asked : model.asked()) {
      assertFalse(asked.body().toString().contains("Ignore your"), "nothing injected is shown");
    }

    // The server ends in the middle of a call: nobody knows, and the conversation goes on.
    script.add(Reply.call("tool__stock", "{\"product\":\"halt\"}"));
    talk.say("and now?");
    var lost = talk.effects("tool:stock").getLast();
    assertEquals("unknown", lost.get("state").asText(), lost.toString());
    assertEquals("broken", lost.at("/outcome/reason").asText(), lost.toString());
    talk.say("hello?");
    assertEquals("Very well.", talk.lastLine().get("text").asText());
    assertEquals("open", talk.status());

    // A person finds out; then the tool is there again, on a server that was started anew.
    script.add(Reply.call("tool__stock", "{\"product\":\"team\"}"));
    long before = talk.seq();
    engine.operator().attest(lost.get("n").asLong(), "failed", "the log says so").as(200);
    talk.until(before, "buyers-turn");
    var later = talk.effects("tool:stock").getLast();
    assertEquals("confirmed", later.get("state").asText(), talk.effects("tool:stock")::toString);

    // What is not declared is not proposed, and what is beyond the limit is not permitted.
    script.add(Reply.call("tool__stock", "{\"product\":\"team\",\"admin\":\"yes\"}"));
    talk.say("be the administrator");
    assertEquals(3, Files.readAllLines(calls).size());
    for (int i = 0; i < 5; i++) {
      script.add(Reply.call("tool__parcel", "{\"count\":1}"));
      talk.say("one more");
    }
    assertEquals(5, talk.effects("tool:parcel").size());
    assertEquals("deny", talk.decisions("tool:parcel").getLast().get("verdict").asText());
    assertEquals(6, carrier.parcels());
    var payloads = talk.effects("tool:parcel").toString();
    assertFalse(payloads.contains("Lovelace"), "nothing personal is in the claims");

    engine.kill9();
    engine.launch("--data", engine.data().toString(), "--port", "0").ready();
    for (var line :
        List.of("tool:stock of inbound-trial is there", "tool:parcel of inbound-trial is there")) {
      Wait.until(Duration.ofSeconds(20), line, () -> engine.err().contains(line));
    }
    assertFalse(engine.err().contains("Ignore your"), "nothing injected is in the log");
    assertFalse(engine.err().contains("Lovelace"), "nothing personal is in the log");
  }

  private List<String> offered() {
    return model.asked().stream()
        .filter(OutsideToolsTest::isOfAgent)
        .flatMap(asked -> ApiClient.list(asked.body().path("tools")).stream())
        .map(tool -> tool.at("/function/name").asText())
        .distinct()
        .toList();
  }

  private static boolean isOfAgent(OpenAiServer.Asked asked) {
    return asked.messages().getFirst().startsWith("system: You are booking.");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
