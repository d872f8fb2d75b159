package baton.runtime.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/// A conversation that was opened elsewhere, and what its buyer's link holds.
record Invitation(String id, String token) {
  private static final String OPENING =
      """
      {"campaign":"inbound-trial","channel":"chat","buyer":{"id":"dana","timeZone":"Europe/Paris"}}\
      """;

  static Invitation open(URI engine) {
    var opened = send(engine.resolve("/v1/conversations"), "POST", "", OPENING);
    return new Invitation(opened.path("id").asText(), opened.path("token").asText());
  }

  /// Pauses a scope, or lets it go on.
  static void control(URI engine, String operator, String scope, String mode) {
    send(
        engine.resolve("/v1/controls/" + scope),
        "PUT",
        operator,
        "{\"mode\":\"" + mode + "\",\"reason\":\"a test\"}");
  }

  private static JsonNode send(URI to, String method, String token, String json) {
    var request =
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json));
    if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
    try {
      var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) throw new AssertionError(answer.body());
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
