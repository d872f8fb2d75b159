package baton.runtime.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// The public contract as a program outside uses it, with one token.
///
/// @param token empty for none
public record ApiClient(URI address, String token) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// @param body missing where there is none or it is not JSON
  public record Answer(int status, String type, JsonNode body) {
    /// The body, where the status is this one.
    public JsonNode as(int expected) {
      if (status == expected) return body;
      throw new AssertionError("status " + status + ", not " + expected + ": " + body);
    }
  }

  public ApiClient with(String otherToken) {
    return new ApiClient(address, otherToken);
  }

  public boolean isReady() {
    try {
      return get("/health/ready").status == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  public Answer open(String id, String campaign, String zone) {
    return post(
        "/v1/conversations",
        Map.of(
            "id",
            id,
            "campaign",
            campaign,
            "channel",
            "chat",
            "buyer",
            Map.of("id", "buyer-of-" + id, "timeZone", zone)));
  }

  public Answer say(String conversation, String message, String text) {
    return post(
        "/v1/conversations/" + conversation + "/messages", Map.of("id", message, "text", text));
  }

  public JsonNode view(String conversation) {
    return get("/v1/conversations/" + conversation).as(200);
  }

  List<JsonNode> events(String conversation, long after) {
    return list(get("/v1/conversations/" + conversation + "/events?after=" + after).as(200));
  }

  List<JsonNode> decisions(String conversation) {
    return list(get("/v1/conversations/" + conversation + "/decisions").as(200));
  }

  List<JsonNode> effects(String conversation) {
    return list(get("/v1/effects?conversation=" + conversation).as(200));
  }

  List<JsonNode> approvals() {
    return list(get("/v1/approvals").as(200));
  }

  Answer resolve(String approval, String verdict, String reason) {
    return post("/v1/approvals/" + approval, Map.of("verdict", verdict, "reason", reason));
  }

  /// @param outcome `confirmed` or `failed`
  public Answer attest(long effect, String outcome, String reason) {
    return post("/v1/effects/" + effect, Map.of("outcome", outcome, "reason", reason));
  }

  public Answer control(String scope, String mode, String reason) {
    return put("/v1/controls/" + scope, Map.of("mode", mode, "reason", reason));
  }

  Answer available(boolean available) {
    return put("/v1/operators/me", Map.of("available", available));
  }

  List<JsonNode> offers() {
    return list(get("/v1/offers").as(200));
  }

  Answer decline(String conversation) {
    return post("/v1/offers/" + conversation + "/decline", Map.of());
  }

  Answer close(String conversation) {
    return post("/v1/conversations/" + conversation + "/close", Map.of("reason", "done"));
  }

  public Answer takeOver(String conversation) {
    return post("/v1/conversations/" + conversation + "/takeover", Map.of());
  }

  public Answer handBack(String conversation) {
    return post("/v1/conversations/" + conversation + "/handback", Map.of());
  }

  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  Answer post(String path, Object body) {
    return postText(path, text(body));
  }

  /// A body as it stands, JSON or not.
  Answer postText(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  Answer put(String path, Object body) {
    return putText(path, "application/json", text(body));
  }

  public Answer putText(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).PUT(BodyPublishers.ofString(body)).build());
  }

  /// Events from a live stream, each as its `data`, until the one that is last or the stream ends.
  ///
  /// @param after the number in `Last-Event-ID`
  List<JsonNode> stream(
      String conversation, long after, java.util.function.Predicate<JsonNode> last) {
    var request =
        request("/v1/conversations/" + conversation + "/events")
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", Long.toString(after))
            .GET()
            .build();
    try (InputStream bytes = HTTP.send(request, BodyHandlers.ofInputStream()).body();
        var lines = new java.io.BufferedReader(new java.io.InputStreamReader(bytes))) {
      var events = new ArrayList<JsonNode>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("data: ")) continue;
        var event = parse(line.substring("data: ".length()));
        events.add(event);
        if (last.test(event)) break;
      }
      return events;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  public static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          parse(response.body()));
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
      return JsonNodeFactory.instance.textNode(body);
    }
  }
}
