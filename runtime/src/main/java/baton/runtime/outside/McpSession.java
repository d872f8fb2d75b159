package baton.runtime.outside;

import baton.runtime.outside.ServerSettings.Way;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// One session with an MCP server: opened, and told what tools there are, until it is closed.
final class McpSession implements AutoCloseable {
  private static final Duration OPEN_MAX = Duration.ofSeconds(30);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration PING_MAX = Duration.ofMillis(500);
  private static final int PAGES_MAX = 32;

  private final McpSyncClient client;
  private volatile Map<String, McpSchema.Tool> tools = Map.of();
  private volatile boolean changed;

  private McpSession(ServerSettings settings, McpClientTransport transport) {
    client =
        McpClient.sync(transport)
            .clientInfo(McpSchema.Implementation.builder("baton", "1").build())
            // Whoever calls waits for less.
            .requestTimeout(settings.within().plusSeconds(1))
            .initializationTimeout(OPEN_MAX)
            .toolsChangeConsumer(_ -> changed = true)
            .build();
  }

  /// Blocks until the server has said what tools it has.
  ///
  /// @param ended is told when a server that was started here is no more
  static McpSession open(ServerSettings settings, Consumer<McpSession> ended) {
    return switch (settings.way()) {
      case Way.Started started -> {
        mustBeThere(started.command().getFirst());
        var transport = new Started(settings, started);
        var session = opened(new McpSession(settings, transport));
        Thread.ofVirtual()
            .name("server-" + settings.name())
            .start(() -> {
              transport.awaitForExit();
              ended.accept(session);
            });
        yield session;
      }
      case Way.Mcp(var url) -> opened(new McpSession(settings, http(settings, url)));
      case Way.Signed _ -> throw new IllegalArgumentException("it speaks no MCP");
    };
  }

  /// Asked first, because the SDK waits for the answer of a process that it could not start.
  private static void mustBeThere(String command) {
    var path = command.contains("/") ? "" : System.getenv().getOrDefault("PATH", "");
    boolean there =
        Arrays.stream(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, command))
            .anyMatch(Files::isExecutable);
    if (!there) throw new IllegalStateException("there is no such command");
  }

  private static McpSession opened(McpSession session) {
    try {
      session.client.initialize();
      session.list();
      return session;
    } catch (RuntimeException failed) {
      session.close();
      throw failed;
    }
  }

  private void list() {
    var all = new HashMap<String, McpSchema.Tool>();
    String cursor = null;
    for (int page = 0; page < PAGES_MAX; page++) {
      var listed = client.listTools(cursor);
      for (var tool : listed.tools()) all.putIfAbsent(tool.name(), tool);
      cursor = listed.nextCursor();
      if (cursor == null || cursor.isEmpty()) break;
    }
    tools = all;
  }

  /// A tool as the list has it that the server has given last; empty where there is none.
  Optional<McpSchema.Tool> listed(String tool) {
    if (changed) {
      changed = false;
      list();
    }
    return Optional.ofNullable(tools.get(tool));
  }

  /// What it takes.
  static Map<String, Object> schema(McpSchema.Tool tool) {
    return tool.inputSchema() == null ? Map.of() : tool.inputSchema();
  }

  McpSchema.CallToolResult call(McpSchema.CallToolRequest request) {
    return client.callTool(request);
  }

  /// Whether it still answers, and soon.
  boolean isAlive() {
    var ping = new FutureTask<>(client::ping);
    var thread = Thread.startVirtualThread(ping);
    try {
      ping.get(PING_MAX.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException silent) {
      thread.interrupt();
      return false;
    } catch (InterruptedException leaving) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    client.closeGracefully();
  }

  private static McpClientTransport http(ServerSettings settings, URI url) {
    var builder =
        HttpClientStreamableHttpTransport.builder(url.resolve("/").toString())
            .endpoint(url.getRawPath().isEmpty() ? "/mcp" : url.getRawPath())
            .jsonMapper(McpJsonDefaults.getMapper())
            .connectTimeout(CONNECT_MAX)
            // Over it a server tells that its tools have changed.
            .openConnectionOnStartup(true)
            .customizeClient(client -> client.followRedirects(HttpClient.Redirect.NEVER))
            .maxResponseSize(settings.answerMaxBytes());
    settings
        .token()
        .ifPresent(token ->
            builder.addHttpRequestCustomizer(
                (request, _, _, _, _) -> request.header("Authorization", "Bearer " + token)));
    return builder.build();
  }

  /// A process that gets nothing of our environment but what the settings give it: ours has keys.
  private static final class Started extends StdioClientTransport {
    Started(ServerSettings settings, Way.Started way) {
      super(parameters(way), McpJsonDefaults.getMapper(), settings.answerMaxBytes());
      setStdErrorHandler(_ -> {});
    }

    private static ServerParameters parameters(Way.Started way) {
      return ServerParameters.builder(way.command().getFirst())
          .args(way.command().subList(1, way.command().size()))
          .env(way.environment())
          .build();
    }

    @Override
    protected ProcessBuilder getProcessBuilder() {
      var process = new ProcessBuilder();
      process.environment().clear();
      return process;
    }
  }
}
