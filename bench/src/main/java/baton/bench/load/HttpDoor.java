package baton.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An engine's public contract over HTTP, as a buyer's page uses it: messages by POST, and what
/// comes of them by the live event stream.
public final class HttpDoor implements Door {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final int TRIES_MAX = 20;

  /// Events that an engine lists at a time.
  private static final int PAGE = 1_000;

  /// Number of the event by which it is the buyer's turn, after each message.
  private final long[] turns = new long[QuickAgent.STEPS + 1];

  private final String url;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private HttpDoor(Plan.Running engine) {
    this.token = engine.token();
    this.url = engine.url().replaceFirst("/$", "");
  }

  /// Looks whether the engine can be measured, and leads one conversation with an operator's eyes:
  /// buyers are not told whose turn it is, and from then on know it by the number of the event.
  ///
  /// @throws Unfit where it cannot, in one line that says what to do
  public static HttpDoor at(Plan.Running engine) throws Exception {
    var door = new HttpDoor(engine);
    door.check();
    var pilot = "pilot-" + Long.toString(System.nanoTime(), 36);
    try (var talk = door.new Remote(pilot);
        var events = door.events(pilot, engine.token())) {
      door.turns[0] = events.awaitTurn();
      for (int message = 1; message <= QuickAgent.STEPS; message++) {
        talk.tell(message);
        door.turns[message] = events.awaitTurn();
      }
    }
    return door;
  }

  /// Gives an engine workload W's policy.
  public static void activate(Plan.Running engine) throws IOException, InterruptedException {
    var door = new HttpDoor(engine);
    var request =
        door.request("/v1/policies/active", engine.token())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(Workloads.policy().json()));
    var answer = door.client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the engine did not take the policy: " + answer.body());
    }
  }

  private void check() throws InterruptedException {
    try {
      var campaigns = get("/v1/campaigns");
      if (campaigns.statusCode() == 401 || get("/v1/controls").statusCode() == 401) {
        throw new Unfit(
            "the operator token is not that engine's: give it with --token, or its folder with"
                + " --data");
      }
      var names = JSON.readTree(campaigns.body()).findValuesAsText("campaign");
      if (!names.contains(Workloads.CAMPAIGN)) {
        throw new Unfit(
            "the engine at %s has no campaign \"%s\": give it one with ./baton policy activate"
                    .formatted(url, Workloads.CAMPAIGN)
                + " bench/target/classes/bench/workload.yaml --url "
                + url);
      }
    } catch (IOException | IllegalArgumentException unreachable) {
      throw new Unfit(
          "no engine answers at " + url + ": start one with ./baton serve, or leave out --url");
    }
  }

  @Override
  public Talk open(String conversation) throws Exception {
    var talk = new Remote(conversation);
    try {
      talk.await(0);
      return talk;
    } catch (Exception failed) {
      talk.close();
      throw failed;
    }
  }

  @Override
  public Optional<String> wrong(String conversation) throws Exception {
    var events = JSON.readTree(get("/v1/conversations/" + conversation + "/events").body());
    var types = events.findValuesAsText("type");
    boolean asItShould =
        count(types, "heard") == QuickAgent.STEPS
            && count(types, "settled") == 10
            && count(types, "granted") == 3
            && count(types, "buyers-turn") == 13
            && count(types, "superseded") == 0
            && count(events.findValuesAsText("verdict"), "permit") > 0;
    return asItShould ? Optional.empty() : Optional.of(conversation + ": " + types);
  }

  /// Opens a conversation to storm.
  public Storm.Target target(String conversation) throws IOException, InterruptedException {
    return new Storm.Target(conversation, opened(conversation));
  }

  /// Ids of the messages that are in its journal.
  public Set<String> heard(String conversation) throws IOException, InterruptedException {
    var heard = new HashSet<String>();
    for (long after = 0; ; ) {
      var path = "/v1/conversations/" + conversation + "/events?after=" + after;
      var events = JSON.readTree(get(path).body());
      for (var event : events) {
        after = event.path("seq").asLong();
        var message = event.path("data").path("message");
        if (event.path("type").asText().equals("heard")) heard.add(message.asText());
      }
      if (events.size() < PAGE) return heard;
    }
  }

  private static long count(List<String> types, String type) {
    return types.stream().filter(type::equals).count();
  }

  private EventStream events(String conversation, String as) throws IOException {
    return new EventStream(URI.create(url), "/v1/conversations/" + conversation + "/events", as);
  }

  /// @return the token of its buyer
  private String opened(String conversation) throws IOException, InterruptedException {
    var opening =
        Map.of(
            "id",
            conversation,
            "campaign",
            Workloads.CAMPAIGN,
            "channel",
            "chat",
            "buyer",
            Map.of("id", conversation));
    return post("/v1/conversations", "", opening).path("token").asText();
  }

  private final class Remote implements Talk {
    private final String conversation;
    private final String buyer;
    private final EventStream events;

    Remote(String conversation) throws IOException, InterruptedException {
      this.conversation = conversation;
      this.buyer = opened(conversation);
      this.events = events(conversation, buyer);
    }

    @Override
    public void say(int message) throws Exception {
      tell(message);
      await(message);
    }

    private void tell(int message) throws IOException, InterruptedException {
      post(
          "/v1/conversations/" + conversation + "/messages",
          buyer,
          Map.of("id", "m" + message, "text", InsideDoor.TEXT));
    }

    /// @param message 0 for the opening
    private void await(int message) throws IOException {
      events.await(turns[message]);
    }

    @Override
    public void close() throws IOException {
      events.close();
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path, token).GET().build(), BodyHandlers.ofString());
  }

  /// Comes again where the engine says so.
  private JsonNode post(String path, String as, Object body)
      throws IOException, InterruptedException {
    var request =
        request(path, as)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(write(body)));
    var response = client.send(request.build(), BodyHandlers.ofString());
    for (int i = 0; i < TRIES_MAX && response.statusCode() == 503; i++) {
      Thread.sleep(
          Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)));
      response = client.send(request.build(), BodyHandlers.ofString());
    }
    if (response.statusCode() / 100 == 2) return JSON.readTree(response.body());
    if (response.statusCode() == 429) {
      throw new IOException(
          "the engine lets one address do only so much: raise http.address-rate and"
              + " http.conversation-rate in its baton.conf");
    }
    throw new IOException("the engine answered " + response.statusCode() + " to POST " + path);
  }

  private HttpRequest.Builder request(String path, String as) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_MAX);
    return as.isEmpty() ? request : request.header("Authorization", "Bearer " + as);
  }

  private static String write(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible); // maps and texts
    }
  }
}
