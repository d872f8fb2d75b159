package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pauses, repeated messages and streams on a running engine.
@ExtendWith(RunningEngine.class)
class StopAndGoTest {
  @Test
  void givenAPausedConversation_whenTheBuyerSpeaks_thenItIsHeardAndAnsweredAfterThePause(
      EngineProcess engine) {
    var talk = Talk.open(engine);
    var operator = engine.operator();
    operator.control("conversation:" + talk.id(), "paused", "to look at it").as(200);
    assertEquals("paused", talk.status());
    long heard = talk.saying("yes");
    talk.until(heard, "decided");
    assertEquals("buyer", talk.lastSpeaker(), "nothing is voiced");
    var deferred = talk.operator().decisions(talk.id()).getLast();
    assertEquals("defer", deferred.get("verdict").asText());
    operator.control("conversation:" + talk.id(), "running", "looked at").as(200);
    talk.until(heard, "settled");
    talk.until(heard, "buyers-turn");
    assertEquals("booking", talk.lastSpeaker());
    assertEquals("granted", talk.consent());
    assertEquals(List.of(), talk.irregularities());
  }

  /// Stop means stop, over the wire: what the pause does not list as in flight was settled before
  /// it, and nothing is claimed while it lasts.
  @Test
  void givenManyConversations_whenTheEngineIsPaused_thenNothingIsClaimedUntilItGoesOn(
      EngineProcess engine) {
    var operator = engine.operator();
    try (var buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 3; round++) {
        var opening =
            IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> Talk.opening(engine), buyers))
                .toList();
        opening.getFirst().join();
        var pause = operator.control("engine", "paused", "a drill").as(200);
        try {
          var before = claims(operator);
          var talks = opening.stream().map(CompletableFuture::join).toList();
          talks.forEach(talk -> talk.saying("yes"));
          talks.forEach(talk -> talk.until(0, "decided"));
          assertEquals(numbers(before), numbers(claims(operator)), "claimed during the pause");
          assertInFlightIsListed(pause, before);
        } finally {
          operator.control("engine", "running", "the drill is over").as(200);
        }
        for (var talk : opening) {
          talk.join().until(0, "buyers-turn");
          assertEquals(List.of(), talk.join().irregularities());
        }
      }
    }
  }

  private static List<JsonNode> claims(ApiClient operator) {
    var all = new ArrayList<JsonNode>();
    long after = 0;
    while (true) {
      var page = ApiClient.list(operator.get("/v1/effects?after=" + after).as(200));
      if (page.isEmpty()) return all;
      all.addAll(page);
      after = page.getLast().get("n").asLong();
    }
  }

  private static List<Long> numbers(List<JsonNode> claims) {
    return claims.stream().map(claim -> claim.get("n").asLong()).toList();
  }

  private static void assertInFlightIsListed(JsonNode pause, List<JsonNode> claims) {
    var at = Instant.parse(pause.get("at").asText());
    var listed =
        ApiClient.list(pause.get("inFlight")).stream()
            .map(claim -> claim.get("permit").asText())
            .collect(Collectors.toSet());
    for (var claim : claims) {
      assertFalse(
          Instant.parse(claim.get("at").asText()).isAfter(at), "claimed after the pause: " + claim);
      if (claim.get("settledAt").isNull()) {
        assertTrue(listed.contains(claim.get("permit").asText()), "not listed: " + claim);
      }
    }
  }

  @Test
  void givenAMessageSentAgain_thenItIsHeardOnce_andAnotherUnderItsIdIsRefused(
      EngineProcess engine) {
    var talk = Talk.open(engine);
    talk.buyer().say(talk.id(), "same", "yes").as(202);
    talk.until(0, "heard");
    talk.buyer().say(talk.id(), "same", "yes").as(202);
    talk.buyer().say(talk.id(), "same", "no").as(409);
    assertEquals(1, talk.events("heard").size());
  }

  @Test
  void givenAStreamThatBreaks_whenItIsResumed_thenNoEventIsMissingAndNoneTwice(
      EngineProcess engine) {
    var talk = Talk.open(engine).say("yes");
    var all = talk.operator().events(talk.id(), 0);
    long half = all.get(all.size() / 2).get("seq").asLong();
    long last = all.getLast().get("seq").asLong();
    var seen = new ArrayList<JsonNode>();
    seen.addAll(talk.operator().stream(talk.id(), 0, upTo(half)));
    seen.addAll(talk.operator().stream(talk.id(), half, upTo(last)));
    assertEquals(all, seen);

    var live =
        CompletableFuture.supplyAsync(() ->
            talk.operator().stream(
                talk.id(), last, event -> event.get("type").asText().equals("heard")));
    talk.say("the team plan");
    var heard = live.join();
    assertEquals(last + 1, heard.getFirst().get("seq").asLong(), "it goes on where it was");
    assertEquals("heard", heard.getLast().get("type").asText());
  }

  private static java.util.function.Predicate<JsonNode> upTo(long seq) {
    return event -> event.get("seq").asLong() >= seq;
  }
}
