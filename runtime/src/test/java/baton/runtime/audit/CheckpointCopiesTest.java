package baton.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCopiesTest {
  @TempDir private Path folder;

  @Test
  void givenAnotherFolder_thenTheFileIsThereAndWhatWasThereStays() throws Exception {
    var place = new CheckpointCopies.Folder(folder.resolve("kept"));
    place.put(checkpoint("one"));
    var other = Files.createDirectory(folder.resolve("other")).resolve("checkpoint-000001.json");
    place.put(Files.writeString(other, "another"));
    assertEquals("one", Files.readString(folder.resolve("kept/checkpoint-000001.json")));
  }

  @Test
  void givenAWebAddress_thenTheFileIsPutThereUnderItsName() throws Exception {
    try (var store = new Store(201)) {
      settings("http://127.0.0.1:" + store.port() + "/baton")
          .place()
          .orElseThrow()
          .put(checkpoint("one"));
      assertEquals(Map.of("PUT /baton/checkpoint-000001.json", "one"), store.taken);
    }
  }

  @Test
  void givenAStoreThatRefuses_thenThatIsAFailureWithItsAnswer() throws Exception {
    try (var store = new Store(507)) {
      var place = settings("http://127.0.0.1:" + store.port()).place().orElseThrow();
      var refusal = assertThrows(IOException.class, () -> place.put(checkpoint("one")));
      assertEquals("the answer was 507", refusal.getMessage());
    }
  }

  @Test
  void whatIsNoPlaceIsRefusedWhereTheSettingsAreRead() {
    for (var wrong : new String[] {"ftp://keep.example.com", "https://", " "}) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> settings(wrong), wrong);
      assertEquals(
          "checkpoints.copies is a folder, or an address such as https://keep.example.com/baton",
          refusal.getMessage());
    }
    var never = ConfigFactory.parseString("checkpoints.every = 0s");
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> CheckpointSettings.read(never));
    assertEquals("checkpoints.every is 1s or more, such as 1h", refusal.getMessage());
    assertEquals(Duration.ofHours(1), CheckpointSettings.read(ConfigFactory.empty()).every());
  }

  private static CheckpointSettings settings(String copies) {
    return CheckpointSettings.read(ConfigFactory.parseMap(Map.of("checkpoints.copies", copies)));
  }

  private Path checkpoint(String content) throws IOException {
    return Files.writeString(folder.resolve("checkpoint-000001.json"), content);
  }

  /// Takes what is put, or says no.
  private static final class Store implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    Store(int status) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (status < 300) {
              taken.put(exchange.getRequestMethod() + " " + exchange.getRequestURI(), body);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
