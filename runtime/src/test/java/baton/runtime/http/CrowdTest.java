package baton.runtime.http;

import static baton.runtime.http.BadInputTest.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One buyer's request is worked on and one waits, and the engine takes its time: whoever else
/// comes is told so, and who looks after the engine gets in.
@Timeout(60)
class CrowdTest {
  private static final Pattern OPEN = Pattern.compile("(?m)^baton_http_requests_open ([0-9]+)");

  private House house;
  private House.Opened opened;
  private List<CompletableFuture<HttpResponse<String>>> crowd;

  @BeforeEach
  void crowded() {
    house = new House(settings());
    opened = house.open();
    house.engine.silent = true;
    crowd = List.of(said("a"), said("b"));
    // The two of them, and whoever asks for the number.
    while (requestsOpen() < 3) Thread.onSpinWait();
  }

  @AfterEach
  void stop() {
    house.close();
  }

  @Test
  void aBuyerMoreIsToldWhenToComeAgain() {
    var refused = house.post(messages(), opened.token(), House.message("c", "Hi"));
    assertProblem(503, refused);
    assertEquals("too many requests at once: ask again", refused.detail());
    assertEquals("1", refused.header("Retry-After"));
  }

  @Test
  void probesAndCollectorsAreAnsweredAndWhoSignsInIs() {
    assertEquals(200, house.get("/health/live", "").status());
    assertEquals(200, house.get("/health/ready", "").status());
    assertEquals(200, house.get("/metrics", "").status());
    assertEquals(200, house.get("/sign-in", "").status());
  }

  @Test
  void anOperatorPauses() {
    var paused =
        house.put(
            "/v1/controls/engine", House.OPERATOR, "{\"mode\":\"paused\",\"reason\":\"crowd\"}");
    assertEquals(200, paused.status());
    assertEquals("paused", paused.json().get("mode").asText());
  }

  @Test
  void whoAsksTooOftenIsToldSoWithoutWaiting() {
    for (int i = 0; i < 40 && house.get("/v1/campaigns", "").status() != 429; i++) {}
    var refused = house.get("/v1/campaigns", "");
    assertProblem(429, refused);
    assertEquals("too many requests from this address", refused.detail());
    assertEquals(200, house.get("/health/live", "").status());
  }

  @Test
  void whoHasWaitedIsAnsweredInTheEnd() {
    for (var waiting : crowd) {
      var answer = waiting.join();
      assertEquals(503, answer.statusCode());
      assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
    }
  }

  private CompletableFuture<HttpResponse<String>> said(String id) {
    var request =
        house
            .request(messages(), opened.token())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(House.message(id, "Hi")));
    return house.client().sendAsync(request.build(), BodyHandlers.ofString());
  }

  private String messages() {
    return opened.path() + "/messages";
  }

  private int requestsOpen() {
    var open = OPEN.matcher(house.get("/metrics", House.OPERATOR).text());
    return open.find() ? Integer.parseInt(open.group(1)) : 0;
  }

  private static HttpSettings settings() {
    var usual = HttpSettings.defaults();
    return new HttpSettings(
        usual.host(),
        0,
        usual.bodyMaxBytes(),
        usual.policyMaxBytes(),
        usual.textMaxChars(),
        usual.conversationRate(),
        new HttpSettings.Rate(20, 1),
        1,
        1,
        Duration.ofSeconds(1),
        usual.heartbeat(),
        usual.streamsMax(),
        usual.conversationStreamsMax());
  }
}
