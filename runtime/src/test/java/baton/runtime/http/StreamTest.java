package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Event streams: live, and resumed without gap or repeat.
@Timeout(60)
class StreamTest {
  private static House house;

  @BeforeAll
  static void start() {
    house = new House(House.patient(Duration.ofSeconds(10), Duration.ofMillis(100)));
  }

  @AfterAll
  static void stop() {
    house.close();
  }

  @Test
  void whatHappensComesWhileOneListens() throws IOException {
    var opened = house.open();
    try (var stream = new Stream(opened.path() + "/events", opened.token(), "")) {
      assertEquals("opened", stream.next().type);
      assertEquals("internal", stream.next().type);
      assertEquals("contact-began", stream.next().type);
      assertEquals("granted", stream.next().type);
      assertEquals("internal", stream.next().type);

      house.post(opened.path() + "/messages", opened.token(), House.message("m", "Hi"));

      var heard = stream.next();
      assertEquals("heard", heard.type);
      assertTrue(heard.data.contains("\"text\":\"Hi\""), heard.data);
    }
  }

  @Test
  void anOperatorsStreamHasNoGapAndNoRepeatAcrossResumptions() throws IOException {
    var opened = house.open();
    var seen = new ArrayList<Long>();
    for (int round = 0; round < 5; round++) {
      String last = seen.isEmpty() ? "" : Long.toString(seen.getLast());
      try (var stream = new Stream(opened.path() + "/events", House.OPERATOR, last)) {
        house.post(opened.path() + "/messages", opened.token(), House.message("m" + round, "Hi"));
        long end = house.engine.state(opened.id()).seq();
        // Left in the middle every other time.
        long until = round % 2 == 0 ? end - 1 : end;
        while (seen.isEmpty() || seen.getLast() < until) seen.add(stream.next().id);
      }
    }
    assertEquals(LongStream.rangeClosed(1, seen.size()).boxed().toList(), seen);
  }

  @Test
  void theHeaderCountsBeforeTheAddress() throws IOException {
    var opened = house.open();
    try (var stream = new Stream(opened.path() + "/events?after=1", House.OPERATOR, "3")) {
      assertEquals(4, stream.next().id);
    }
    try (var stream = new Stream(opened.path() + "/events?after=2", House.OPERATOR, "")) {
      assertEquals(3, stream.next().id);
    }
  }

  @Test
  void aSilentStreamGivesSignsOfLife() throws IOException {
    var opened = house.open();
    try (var stream = new Stream(opened.path() + "/events?after=100", House.OPERATOR, "")) {
      stream.awaitComment();
      stream.awaitComment();
    }
  }

  @Test
  void manyReadersOfOneConversationAreTooMany() throws IOException {
    var opened = house.open();
    var streams = new ArrayList<Stream>();
    try {
      for (int i = 0; i < house.settings.conversationStreamsMax(); i++) {
        var stream = new Stream(opened.path() + "/events", opened.token(), "");
        streams.add(stream);
        stream.next();
      }
      var reply =
          house.send(
              house
                  .request(opened.path() + "/events", opened.token())
                  .header("Accept", "text/event-stream")
                  .GET());
      BadInputTest.assertProblem(429, reply);
      streams.add(new Stream(opened.path() + "/events", House.OPERATOR, ""));
      assertEquals(
          "opened", streams.getLast().next().type, "its buyer does not shut operators out");
    } finally {
      for (var stream : streams) stream.close();
    }
  }

  /// Buyers' streams are bounded all together, and leave some for those who watch.
  @Test
  void howeverManyBuyersReadAnOperatorCanWatch() throws IOException {
    var streams = new ArrayList<Stream>();
    try (var full = new House(House.narrow(256, 8))) {
      for (int i = 0; i < 7; i++) {
        var buyer = full.open();
        streams.add(new Stream(full, buyer.path() + "/events", buyer.token(), ""));
        streams.getLast().next();
      }
      var eighth = full.open();
      var reply =
          full.send(
              full.request(eighth.path() + "/events", eighth.token())
                  .header("Accept", "text/event-stream")
                  .GET());
      BadInputTest.assertProblem(429, reply);
      streams.add(new Stream(full, eighth.path() + "/events", House.OPERATOR, ""));
      assertEquals("opened", streams.getLast().next().type);
    } finally {
      for (var stream : streams) stream.close();
    }
  }

  @Test
  void whoeverLeavesIsForgotten() throws IOException, InterruptedException {
    var opened = house.open();
    try (var stream = new Stream(opened.path() + "/events", opened.token(), "")) {
      stream.next();
      assertEquals(1, house.engine.listening(opened.id()));
    }
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (house.engine.listening(opened.id()) > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait(); // the next heartbeat finds the connection gone
    }
    assertEquals(0, house.engine.listening(opened.id()));
  }

  private record Event(long id, String type, String data) {}

  /// A reader as browsers are: ids, data, comments.
  private static final class Stream implements AutoCloseable {
    private final InputStream body;
    private final BufferedReader lines;

    Stream(String path, String token, String lastId) {
      this(house, path, token, lastId);
    }

    Stream(House house, String path, String token, String lastId) {
      var request = house.request(path, token).header("Accept", "text/event-stream");
      if (!lastId.isEmpty()) request.header("Last-Event-ID", lastId);
      try {
        var response = house.client().send(request.GET().build(), BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        assertEquals(List.of("text/event-stream"), response.headers().allValues("Content-Type"));
        body = response.body();
      } catch (IOException | InterruptedException broken) {
        throw new IllegalStateException(broken);
      }
      lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    Event next() throws IOException {
      long id = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) id = Long.parseLong(line.substring(4));
        if (line.startsWith("data: ")) {
          var data = House.JSON.readTree(line.substring(6));
          assertEquals(id, data.get("seq").asLong());
          return new Event(id, data.get("type").asText(), data.get("data").toString());
        }
      }
      throw new IllegalStateException("the stream ended");
    }

    void awaitComment() throws IOException {
      String line = lines.readLine();
      while (!line.startsWith(":")) line = lines.readLine();
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
