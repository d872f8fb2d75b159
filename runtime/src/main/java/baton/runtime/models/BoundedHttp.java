package baton.runtime.models;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// The JDK's HTTP client for LangChain4j's models, with a bound on what is read. LangChain4j's own
/// takes a body of any length whole, and its time-out ends with the headers.
///
/// It has no time-out but that of the connection: [Reached] interrupts the thread of a call whose
/// time is up, which ends the connection too.
final class BoundedHttp implements HttpClient, AutoCloseable {
  static final int ANSWER_MAX_BYTES = 4 * 1024 * 1024;

  private static final int ERROR_MAX_BYTES = 64 * 1024;
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration AFTER_MAX = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Redirects are not followed: they would take the key elsewhere. HTTP/1.1 because some servers
  /// stumble over the offer of HTTP/2, and because a connection that ends stops their work.
  private final java.net.http.HttpClient client =
      java.net.http.HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  @Override
  public SuccessfulHttpResponse execute(HttpRequest asked) {
    try {
      var response = client.send(inWordsOfTheJdk(asked), BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        checkStatus(response, body);
        var answer = body.readNBytes(ANSWER_MAX_BYTES + 1);
        if (answer.length > ANSWER_MAX_BYTES) throw tooLarge();
        return SuccessfulHttpResponse.builder()
            .statusCode(response.statusCode())
            .headers(response.headers().map())
            .body(answer)
            .build();
      }
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new ModelFailure(new Failure.Cancelled());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Reads the events on the thread that asks, to the end.
  @Override
  public void execute(
      HttpRequest asked, ServerSentEventParser parser, ServerSentEventListener listener) {
    try {
      var response = client.send(inWordsOfTheJdk(asked), BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        checkStatus(response, body);
        listener.onOpen(
            SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .build());
        parser.parse(new BoundedStream(body, ANSWER_MAX_BYTES), listener);
        listener.onClose();
      }
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      listener.onError(new ModelFailure(new Failure.Cancelled()));
    } catch (IOException | RuntimeException broken) {
      listener.onError(broken);
    }
  }

  /// Whatever time-outs a model asks for, it gets this client.
  HttpClientBuilder builder() {
    return new Builder(this);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static java.net.http.HttpRequest inWordsOfTheJdk(HttpRequest asked) {
    var request = java.net.http.HttpRequest.newBuilder(URI.create(asked.url()));
    asked.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    var body =
        asked.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(asked.body());
    return request.method(asked.method().name(), body).build();
  }

  private static void checkStatus(HttpResponse<?> response, InputStream body) throws IOException {
    int status = response.statusCode();
    if (status >= 200 && status < 300) return;
    throw new ModelFailure(
        Failure.ofStatus(
            status, code(body.readNBytes(ERROR_MAX_BYTES)), after(response.headers())));
  }

  /// The word for what is wrong where there is one, never the words.
  private static String code(byte[] body) {
    try {
      var told = Objects.requireNonNullElse(JSON.readTree(body), JSON.missingNode());
      return Stream.of("/error/code", "/error/type", "/error/status", "/code", "/type")
          .map(told::at)
          .filter(JsonNode::isTextual)
          .map(JsonNode::textValue)
          .filter(word -> word.matches("[A-Za-z]+(_[A-Za-z]+)*") && word.length() <= 48)
          .findFirst()
          .orElse("");
    } catch (JacksonException notJson) {
      return "";
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Duration after(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .filter(wait -> wait.compareTo(AFTER_MAX) <= 0)
        .orElse(Duration.ZERO);
  }

  private static ModelFailure tooLarge() {
    return new ModelFailure(new Failure.TooLarge(ANSWER_MAX_BYTES));
  }

  private record Builder(BoundedHttp build) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return CONNECT_MAX;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return AFTER_MAX;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
      return this;
    }
  }
}
