package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Interpreter;
import baton.handoff.port.Tool;
import baton.persistence.memory.MemoryClaims;
import baton.persistence.memory.MemoryControls;
import baton.persistence.memory.MemoryConversations;
import baton.persistence.memory.MemoryPolicies;
import baton.persistence.memory.MemoryStore;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.vault.MemoryVault;
import baton.persistence.vault.Personal;
import baton.runtime.contacts.ContactBook;
import baton.runtime.observe.Metrics;
import baton.runtime.observe.Traces;
import baton.runtime.outreach.Outreach;
import baton.runtime.outreach.Sealing;
import baton.runtime.pages.Pages;
import baton.runtime.pages.console.Console;
import baton.runtime.tools.HumanQueue;
import baton.runtime.tools.Permits;
import baton.runtime.tools.TestDatabase;
import baton.runtime.tools.memory.MemoryTools;
import baton.runtime.view.MemoryOpenApprovals;
import baton.runtime.view.ScannedRoster;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.event.Logging;

/// The API over HTTP on loopback, on ports in memory.
public final class House implements AutoCloseable {
  public static final String OPERATOR = "0123456789abcdef0123456789abcdef-operator";
  static final Instant NOON = Instant.parse("2026-11-20T17:00:00Z");
  static final ObjectMapper JSON = new ObjectMapper();
  private static final PolicyDocument INBOUND = PolicyCompiler.sample("inbound-trial").orThrow();
  private static final PolicyDocument OUTBOUND =
      PolicyCompiler.sample("outbound-appointments").orThrow();
  private static final AtomicInteger IDS = new AtomicInteger();

  final AtomicLong nanos = new AtomicLong();
  final MemoryStore store = new MemoryStore(InstantSource.fixed(NOON));
  final MemoryConversations conversations = new MemoryConversations();
  final MemoryOpenApprovals approvals = new MemoryOpenApprovals();
  final MemoryPolicies policies = new MemoryPolicies(store);
  final MemoryVault vault = new MemoryVault(7);
  final MemoryTools tools = MemoryTools.standard(InstantSource.fixed(NOON));
  final HumanQueue operators = tools.humans();
  volatile Optional<String> outreachLacks = Optional.empty();
  final FakeEngine engine;
  final HttpSettings settings;
  public final String url;
  private final ActorSystem<Void> system;
  private final Api.Bound bound;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public House() {
    this(HttpSettings.defaults().at("127.0.0.1", 0));
  }

  House(HttpSettings settings) {
    this(settings, INBOUND, "");
  }

  private House(HttpSettings settings, PolicyDocument inbound, String server) {
    this.settings = settings;
    engine = new FakeEngine(inbound.policy(), InstantSource.fixed(NOON), conversations, approvals);
    policies.activate("default", inbound, "test");
    policies.activate("default", OUTBOUND, "test");
    system =
        ActorSystem.create(
            Behaviors.empty(), "http-test", ConfigFactory.parseString(QUIET + server));
    bound = api(settings).bind().toCompletableFuture().join();
    url = "http://127.0.0.1:" + bound.address().getPort();
  }

  /// Bounds that a few requests reach.
  static HttpSettings narrow(int workersMax, int streamsMax) {
    var usual = HttpSettings.defaults();
    return settings(usual.engineTimeout(), Duration.ofMillis(100), workersMax, streamsMax);
  }

  /// Waits of another length than usual.
  static HttpSettings patient(Duration engineTimeout, Duration heartbeat) {
    var usual = HttpSettings.defaults();
    return settings(engineTimeout, heartbeat, usual.workersMax(), usual.streamsMax());
  }

  private static HttpSettings settings(
      Duration engineTimeout, Duration heartbeat, int workersMax, int streamsMax) {
    var usual = HttpSettings.defaults();
    return new HttpSettings(
        usual.host(),
        0,
        usual.bodyMaxBytes(),
        usual.policyMaxBytes(),
        usual.textMaxChars(),
        usual.conversationRate(),
        usual.addressRate(),
        workersMax,
        usual.waitingMax(),
        engineTimeout,
        heartbeat,
        streamsMax,
        usual.conversationStreamsMax());
  }

  /// Where an answer must come within half a second, and the engine may take longer.
  static House hurried() {
    var settings = patient(Duration.ofSeconds(20), Duration.ofSeconds(1));
    return new House(settings, INBOUND, "pekko.http.server.request-timeout = 500ms");
  }

  /// Where each disclosure needs an operator's yes.
  static House careful() {
    String policy =
        Includes.samples()
            .read("inbound-trial.yaml")
            .orElseThrow()
            .replace("      - disclose\n", "")
            .replace(
                "    actions: [send-message]\n    level",
                "    actions: [send-message, disclose]\n    level");
    return new House(
        HttpSettings.defaults().at("127.0.0.1", 0),
        PolicyCompiler.compile("careful.yaml", policy, Includes.samples()).orThrow(),
        "");
  }

  private static final String QUIET =
      """
      pekko.loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
      pekko.loglevel = WARNING
      pekko.stdout-loglevel = WARNING
      pekko.daemonic = on
      """;

  /// Another API on the same parts.
  Api api(HttpSettings settings) {
    var ports =
        new Ports(
            engine,
            new MemoryClaims(store),
            new MemoryControls(store),
            policies,
            conversations,
            vault,
            operators,
            approvals,
            new Outreach(
                TestDatabase.whenAsked(),
                sealing(),
                vault,
                InstantSource.fixed(NOON),
                () -> outreachLacks),
            tools.sales(),
            new ContactBook(tools.crm(), sealing(), vault, InstantSource.fixed(NOON)),
            _ -> new PlainInterpreter(),
            Map.of("keys", List.of()),
            new MemoryEnded());
    return new Api(
        system,
        ports,
        new Tokens(new byte[32], OPERATOR),
        settings,
        InstantSource.fixed(NOON),
        nanos::get,
        new Metrics(nanos::get),
        Traces.off(),
        new Pages(new Console(new ScannedRoster(conversations, ports.claims()), List::of)));
  }

  private Sealing sealing() {
    return new Sealing() {
      @Override
      public List<String> subjects(String tenant, List<String> buyers) {
        return buyers.stream().map(buyer -> vault.subject(tenant, buyer)).toList();
      }

      @Override
      public List<Optional<Sealed>> seal(String tenant, String purpose, List<Personal> texts) {
        return texts.stream()
            .map(text -> vault.seal(tenant, text.subject(), purpose, text.clear()))
            .map(Optional::of)
            .toList();
      }
    };
  }

  /// From now on whoever is asked discloses that it is a machine, and no permit is claimed.
  public void permitting() {
    engine.others =
        (fake, id) -> {
          if (fake.state(id) == null || !fake.asks(id)) return;
          fake.answer(id, new Action.Disclose("ai", new Words.Line("disclosure-ai")));
        };
  }

  /// From now on whoever is asked discloses that it is a machine, and then closes.
  public void talkative() {
    engine.others =
        (fake, id) -> {
          if (fake.state(id) == null || !fake.asks(id)) return;
          boolean first = fake.state(id).seq() < 8;
          fake.answer(
              id,
              first
                  ? new Action.Disclose("ai", new Words.Line("disclosure-ai"))
                  : new Action.Close("done"));
          fake.perform(id);
        };
  }

  /// Logs it where the server logs.
  void warn(String words) {
    Logging.getLogger(system.classicSystem(), "test").warning(words);
  }

  int port() {
    return bound.address().getPort();
  }

  /// One answer, its body as JSON where it is JSON.
  record Reply(int status, JsonNode json, String text, HttpResponse<?> raw) {
    String detail() {
      return json.path("detail").asText();
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  Reply get(String path, String token) {
    return send(request(path, token).GET());
  }

  Reply post(String path, String token, String json) {
    return sendJson("POST", path, token, json);
  }

  Reply put(String path, String token, String json) {
    return sendJson("PUT", path, token, json);
  }

  Reply sendJson(String method, String path, String token, String json) {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  HttpRequest.Builder request(String path, String token) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  Reply send(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
      return new Reply(
          response.statusCode(),
          json ? JSON.readTree(response.body()) : JSON.missingNode(),
          response.body(),
          response);
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }

  HttpClient client() {
    return client;
  }

  /// A conversation that was opened, and its token.
  record Opened(ConversationId id, String token) {
    String path() {
      return "/v1/conversations/" + id.id();
    }
  }

  Opened open() {
    String id = "c" + IDS.incrementAndGet();
    var reply = post("/v1/conversations", "", opening(id));
    if (reply.status() != 201) throw new IllegalStateException(reply.text());
    return new Opened(new ConversationId("default", id), reply.json().get("token").asText());
  }

  /// A quote for 12 seats of `team`, as the price book makes it in this conversation.
  ///
  /// @return its id
  String quoted(ConversationId id) {
    return shown(effect(id, "quote", new Action.Quote("team", 12)), "quote");
  }

  /// An order of such a quote.
  ///
  /// @return its id
  String ordered(ConversationId id, String quote) {
    var total = new Money("USD", 30_000);
    return shown(effect(id, "order", new Action.TakeCommitment(quote, total)), "order");
  }

  /// The buyer's contact, with these fields.
  ///
  /// @return its id
  String contact(ConversationId id, Map<String, Value> fields) {
    return shown(
        effect(id, "crm" + IDS.incrementAndGet(), new Action.WriteCrm(fields)), "crm.contact");
  }

  /// What a tool tells of an action in this conversation.
  Map<String, Value> effect(ConversationId id, String key, Action action) {
    var effect =
        new Tool.Effect(
            id,
            "inbound-trial",
            vault.subject("default", "ada@example.org"),
            Permits.of(new Role("closing"), key + id.id(), action),
            action,
            Map.of(),
            NOON);
    return switch (tools.toolbox().call(effect)) {
      case Outcome.Confirmed(var facts) -> facts;
      case Outcome other -> throw new IllegalStateException(other.toString());
    };
  }

  static String shown(Map<String, Value> facts, String name) {
    return facts.get(name).shown();
  }

  static String opening(String id) {
    return """
    {"id":"%s","campaign":"inbound-trial","channel":"chat",
     "buyer":{"id":"ada@example.org","timeZone":"America/Denver"}}\
    """
        .formatted(id);
  }

  static String message(String id, String text) {
    return "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(id, text);
  }

  @Override
  public void close() {
    bound.close(Duration.ofSeconds(1)).toCompletableFuture().join();
    system.terminate();
  }

  /// Takes every text for a greeting, except what it is told about people and claims.
  static final class PlainInterpreter implements Interpreter {
    @Override
    public List<Signal> buyer(
        String text, Instant now, ZoneId zone, Function<String, Sealed> seal) {
      return List.of(new Signal(Signal.GREETING, Value.of(zone.getId()), 90, 0, text.length()));
    }

    @Override
    public List<Signal> agent(String text) {
      return List.of();
    }

    @Override
    public String version() {
      return "plain-1";
    }
  }
}
