package baton.runtime.pages.console;

import baton.runtime.engine.Wait;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

/// A buyer who writes while an operator looks on.
final class Caller {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> TURNS = Set.of("buyers-turn", "approval-opened", "closed");
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI engine;
  private final String id;
  private final String token;
  private final String operator;
  private int messages;

  private Caller(URI engine, String id, String token, String operator) {
    this.engine = engine;
    this.id = id;
    this.token = token;
    this.operator = operator;
  }

  /// Opens a conversation, and waits for the greeting.
  ///
  /// @param operator the token by which it is seen whose turn it is
  static Caller opens(URI engine, String id, String operator) {
    var body = JSON.createObjectNode();
    body.put("id", id).put("campaign", "inbound-trial").put("channel", "chat");
    body.putObject("buyer").put("id", id + "@example.org").put("timeZone", "America/Denver");
    var opened = new Caller(engine, id, "", operator).send("/v1/conversations", body);
    return new Caller(engine, id, opened.get("token").asText(), operator).awaits(0);
  }

  String id() {
    return id;
  }

  /// Says one thing after the other, each when it is the buyer's turn.
  Caller says(String... sentences) {
    for (var sentence : sentences) awaits(says(sentence));
    return this;
  }

  /// Says something and waits for nothing.
  long says(String sentence) {
    var body = JSON.createObjectNode().put("id", "m" + ++messages).put("text", sentence);
    return send("/v1/conversations/" + id + "/messages", body).get("seq").asLong();
  }

  /// As far as a quote.
  Caller isQuoted() {
    return says("yes", "the team plan for 12 people", "next Wednesday at 10 am", "the first one")
        .says("yes please", "no e-mail, thanks", "yes, that is right");
  }

  private Caller awaits(long after) {
    String path = "/v1/conversations/" + id + "/events?after=" + after;
    Wait.until(
        ANSWER_MAX,
        id + " is answered after event " + after,
        () -> {
          for (var event : receive(request(path, operator).GET())) {
            if (TURNS.contains(event.get("type").asText())) return true;
          }
          return false;
        });
    return this;
  }

  private JsonNode send(String path, ObjectNode body) {
    return receive(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path, String token) {
    var request = HttpRequest.newBuilder(engine.resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private JsonNode receive(HttpRequest.Builder request) {
    try {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() > 299) throw new AssertionError(answer.body());
      return JSON.readTree(answer.body());
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
