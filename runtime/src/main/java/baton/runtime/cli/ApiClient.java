package baton.runtime.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Supplier;

/// Speaks the public contract over HTTP.
final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  ApiClient(String url) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      var uri = URI.create(url);
      if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("https?")) {
        throw new Failure("not an address: give --url as http://HOST:PORT");
      }
    } catch (IllegalArgumentException malformed) {
      throw new Failure("not an address: give --url as http://HOST:PORT");
    }
  }

  /// What went wrong, in one line that says what to do.
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String line) {
      super(line, null, false, false);
    }
  }

  /// @param json missing where the answer is no JSON
  record Answer(int status, JsonNode json, long retryAfterSeconds) {
    boolean isOk() {
      return status / 100 == 2;
    }

    /// The server's own words on what is wrong and what to do.
    String why() {
      String detail = json.path("detail").asText("the server answered " + status);
      var errors = new StringBuilder(detail);
      json.path("errors").forEach(error -> errors.append("\n  ").append(error.asText()));
      return errors.toString();
    }

    Answer orFail() {
      if (isOk()) return this;
      throw new Failure(why());
    }
  }

  Answer get(String path, String token) {
    return send(request(path, token).GET());
  }

  Answer send(String method, String path, String token, Object body) {
    return send(method, path, token, "application/json", write(body));
  }

  Answer send(String method, String path, String token, String type, String body) {
    return send(
        request(path, token)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body)));
  }

  /// Sends what a stream holds, however long that takes.
  Answer upload(String path, String token, String type, Supplier<InputStream> body) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofInputStream(body)));
  }

  /// Writes what it is sent into a file, which is there only once it is whole.
  ///
  /// @return how many lines
  long download(String path, String token, Path file, Progress progress) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      var response = client.send(request.GET().build(), BodyHandlers.ofInputStream());
      try (var in = response.body()) {
        if (response.statusCode() != 200) {
          var problem = new Answer(response.statusCode(), JSON.readTree(in), 1);
          throw new Failure(response.statusCode() == 401 ? Access.NOT_THIS_ENGINES : problem.why());
        }
        long lines = written(in, part, progress);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return lines;
      }
    } catch (IOException broken) {
      throw new Failure(
          "the contacts were not written: see that "
              + url
              + " answers and that "
              + file
              + " can be written");
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    } finally {
      removed(part);
    }
  }

  private static long written(InputStream in, Path part, Progress progress) throws IOException {
    long lines = 0;
    try (var out = Files.newOutputStream(part)) {
      byte[] bytes = new byte[64 * 1024];
      boolean quoted = false;
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        for (int i = 0; i < read; i++) {
          if (bytes[i] == '"') quoted = !quoted;
          if (bytes[i] == '\n' && !quoted) lines++;
        }
        out.write(bytes, 0, read);
        progress.lines(lines);
      }
    }
    return lines;
  }

  private static void removed(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException left) {
      // It says by its name what it is.
    }
  }

  /// An event stream that begins after the event `last`.
  InputStream stream(String path, String token, long last) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", Long.toString(last))
            .GET()
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) return response.body();
      response.body().close();
      throw new IOException("the server answered " + response.statusCode());
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new IOException(leaving);
    }
  }

  static JsonNode read(String json) throws JsonProcessingException {
    return JSON.readTree(json);
  }

  private HttpRequest.Builder request(String path, String token) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response), retryAfter(response));
    } catch (IOException unreachable) {
      throw new Failure(
          "cannot reach " + url + ": start Baton with ./baton serve, or name it with --url");
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws JsonProcessingException {
    boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
    return isJson ? JSON.readTree(response.body()) : MissingNode.getInstance();
  }

  private static long retryAfter(HttpResponse<?> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,4}") ? Long.parseLong(seconds) : 1;
  }

  private static String write(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible); // maps, lists and texts
    }
  }
}
