package baton.runtime.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The server of the tests speaks the protocol; how it goes wrong is in [ReachedTest].
@Timeout(30)
class OpenAiServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void anAnswerInEventsComesWordByWordWithItsTokensAtTheEnd() throws Exception {
    try (var server = OpenAiServer.always(Reply.text("Good morning, Ada."))) {
      var events =
          events(server, "{\"stream\": true, \"stream_options\": {\"include_usage\": true}}");
      assertEquals("Good morning, Ada.", said(events));
      assertEquals("stop", events.get(5).at("/choices/0/finish_reason").asText());
      assertEquals(12, events.getLast().at("/usage/prompt_tokens").asInt());
      assertEquals(true, server.asked().getFirst().streams());
    }
  }

  @Test
  void callsInEventsComeInParts() throws Exception {
    try (var server = OpenAiServer.always(Reply.call("book", "{\"slot\": 2}"))) {
      var events = events(server, "{\"stream\": true}");
      assertEquals(3, events.size());
      var call = "/choices/0/delta/tool_calls/0/function";
      assertEquals("book", events.get(0).at(call + "/name").asText());
      assertEquals("{\"slot\": 2}", events.get(1).at(call + "/arguments").asText());
      assertEquals("tool_calls", events.get(2).at("/choices/0/finish_reason").asText());
    }
  }

  @Test
  void piecesComeWhenTheTestLetsThemGo() throws Exception {
    var steps = new Semaphore(1);
    var reply = new Reply.Pieces(List.of("First. ", "Second."), steps);
    try (var server = OpenAiServer.always(reply)) {
      var lines = lines(server, "{\"stream\": true}").iterator();
      assertEquals("First. ", content(lines.next()));
      assertEquals("", lines.next());
      assertEquals(1, server.underWay());
      steps.release();
      assertEquals("Second.", content(lines.next()));
      while (lines.hasNext()) lines.next();
      server.awaitUnderWay(0);
    }
  }

  @Test
  void aConnectionServesManyRequests() throws Exception {
    try (var server = OpenAiServer.start(asked -> Reply.text(asked.lastText().toUpperCase()))) {
      for (int i = 0; i < 100; i++) {
        var body = "{\"messages\": [{\"role\": \"user\", \"content\": \"n" + i + "\"}]}";
        var answer = JSON.readTree(send(server, body, BodyHandlers.ofString()).body());
        assertEquals("N" + i, answer.at("/choices/0/message/content").asText());
      }
      assertEquals(100, server.asked().size());
      assertEquals(Optional.empty(), server.asked().getFirst().key());
      assertEquals(1, server.underWayMost());
    }
  }

  @Test
  void whoeverHangsIsLetGoWhenTheServerCloses() {
    var server = OpenAiServer.always(new Reply.Hang());
    Thread.ofVirtual()
        .start(() -> {
          server.awaitUnderWay(1);
          server.close();
        });
    assertThrows(IOException.class, () -> send(server, "{}", BodyHandlers.ofString()));
    server.awaitUnderWay(0);
  }

  private List<JsonNode> events(OpenAiServer server, String body) throws Exception {
    try (var lines = lines(server, body)) {
      return lines.filter(line -> line.startsWith("data: {")).map(OpenAiServerTest::event).toList();
    }
  }

  private static JsonNode event(String line) {
    try {
      return JSON.readTree(line.substring("data: ".length()));
    } catch (IOException notJson) {
      throw new AssertionError(line, notJson);
    }
  }

  private static String said(List<JsonNode> events) {
    var said = new StringBuilder();
    for (var event : events) said.append(event.at("/choices/0/delta/content").asText());
    return said.toString();
  }

  private static String content(String line) {
    return event(line).at("/choices/0/delta/content").asText();
  }

  private Stream<String> lines(OpenAiServer server, String body) throws Exception {
    return send(server, body, BodyHandlers.ofLines()).body();
  }

  private <T> HttpResponse<T> send(
      OpenAiServer server, String body, HttpResponse.BodyHandler<T> handler) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/chat/completions"))
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, handler);
  }
}
