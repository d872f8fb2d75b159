package baton.bench.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A language model's server, in OpenAI's protocol over real HTTP, that takes its time and then
/// always says the same.
public final class SlowModel implements AutoCloseable {
  private static final byte[] ANSWER =
      """
      {"id":"a","object":"chat.completion","created":1,"model":"slow",
       "choices":[{"index":0,"finish_reason":"stop",
         "message":{"role":"assistant","content":"I see. Tell me more."}}],
       "usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110}}
      """
          .getBytes(StandardCharsets.UTF_8);

  private static final int WAITING_MAX = 10_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();

  public SlowModel(Duration takes) throws IOException {
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), WAITING_MAX);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, takes));
    server.start();
  }

  private void answer(HttpExchange exchange, Duration takes) throws IOException {
    try (exchange) {
      asked.incrementAndGet();
      exchange.getRequestBody().readAllBytes();
      Thread.sleep(takes);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /// How often so far.
  public int asked() {
    return asked.get();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
