package baton.simulation.torture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// The public contract at one node, with one token.
///
/// @param token empty for none
public record Door(URI address, String token) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private static final Duration ANSWER_MAX = Duration.ofSeconds(4);
  private static final Duration READY_MAX = Duration.ofSeconds(2);

  /// @param body missing where there is none or it is not JSON
  record Answer(int status, JsonNode body) {
    List<JsonNode> list() {
      return StreamSupport.stream(body.spliterator(), false).toList();
    }
  }

  Door with(String otherToken) {
    return new Door(address, otherToken);
  }

  boolean isReady() {
    try {
      return send(request("/health/ready").timeout(READY_MAX).GET().build()).status == 200;
    } catch (UncheckedIOException away) {
      return false;
    }
  }

  Answer open(String id, String campaign, String zone) {
    var buyer = Map.of("id", "buyer-of-" + id, "timeZone", zone);
    var body = Map.of("id", id, "campaign", campaign, "channel", "chat", "buyer", buyer);
    return post("/v1/conversations", body);
  }

  Answer say(String conversation, String message, String text) {
    return post(
        "/v1/conversations/" + conversation + "/messages", Map.of("id", message, "text", text));
  }

  /// @param outcome `confirmed` or `failed`
  Answer attest(long effect, String outcome, String reason) {
    return post("/v1/effects/" + effect, Map.of("outcome", outcome, "reason", reason));
  }

  /// @param etag of what was seen before
  Answer control(String scope, String mode, String reason, String etag) {
    var body = text(Map.of("mode", mode, "reason", reason));
    return put("/v1/controls/" + scope, body, etag);
  }

  /// @param etag of what was seen before
  Answer activate(String policy, String etag) {
    return put("/v1/policies/active", policy, etag);
  }

  Answer takeOver(String conversation) {
    return post("/v1/conversations/" + conversation + "/takeover", Map.of());
  }

  Answer handBack(String conversation) {
    return post("/v1/conversations/" + conversation + "/handback", Map.of());
  }

  Answer get(String path) {
    return send(request(path).GET().build());
  }

  Answer putText(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).PUT(BodyPublishers.ofString(body)).build());
  }

  private Answer put(String path, String body, String etag) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("If-Match", etag)
            .PUT(BodyPublishers.ofString(body))
            .build());
  }

  private Answer post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(text(body)))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_MAX);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /// @throws UncheckedIOException where nobody knows what came of it
  private static Answer send(HttpRequest request) {
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), parse(response.body()));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static String text(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  private static JsonNode parse(String body) {
    try {
      return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.getNodeFactory().textNode(body);
    }
  }
}
