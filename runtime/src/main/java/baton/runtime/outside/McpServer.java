package baton.runtime.outside;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.policy.OutsideTool;
import baton.runtime.outside.Unheard.Sent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server that speaks the Model Context Protocol. One session is kept, and opened anew where it
/// has ended; nothing is called that is not there as the policy declares it. What the server says
/// comes to nobody but as the facts that the policy names.
final class McpServer implements Server {
  static final String KEY = "baton/idempotency-key";

  private static final Duration LOOKED_AFTER_MAX = Duration.ofSeconds(1);
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final ServerSettings settings;
  private final Patience patience;
  private FutureTask<McpSession> current;
  private boolean closed;

  /// Whether a session is still one, after a call that nobody answered: the next call waits for it.
  private volatile CompletableFuture<Void> lookedAfter = CompletableFuture.completedFuture(null);

  McpServer(ServerSettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
  }

  @Override
  public Outcome call(Asked asked) {
    try {
      return patience.held(() -> called(asked));
    } catch (Unheard told) {
      if (told.code().equals(Patience.TIMED_OUT)) {
        lookedAfter = CompletableFuture.runAsync(this::lookAfter, Thread::startVirtualThread);
      }
      return told.ofCall();
    }
  }

  /// The protocol has no question for it, and a second call would be an effect that nobody claimed:
  /// only what changes nothing is asked again.
  @Override
  public Outcome lookUp(Asked asked) {
    if (!asked.tool().readOnly()) return new Unknown("no-look-up");
    var again = call(asked);
    return again instanceof Failed(var reason) ? new Unknown(reason) : again;
  }

  @Override
  public Optional<String> lacks(OutsideTool tool) {
    try {
      return lacks(session(), tool);
    } catch (Unheard | InterruptedException | RuntimeException away) {
      return Optional.of(Server.unreachable(settings.name()));
    }
  }

  private static Optional<String> lacks(McpSession session, OutsideTool tool) {
    var listed = session.listed(tool.calls());
    if (listed.isEmpty()) return Optional.of("the server has no tool " + tool.calls());
    if (tool.readOnly() && saysThatItChangesSomething(listed.get())) {
      return Optional.of("it is not read-only, says the server");
    }
    return Fitting.problem(tool, McpSession.schema(listed.get()));
  }

  private static boolean saysThatItChangesSomething(McpSchema.Tool listed) {
    var hints = listed.annotations();
    return hints != null && Boolean.FALSE.equals(hints.readOnlyHint());
  }

  private Outcome called(Asked asked) throws Unheard, InterruptedException {
    var session = session();
    if (problem(session, asked.tool()).isPresent()) return new Failed("tool-changed");
    var request =
        McpSchema.CallToolRequest.builder(asked.tool().calls())
            .arguments(JSON.convertValue(asked.arguments(), OBJECT))
            .meta(Map.of(KEY, asked.effect().key()))
            .build();
    try {
      var result = session.call(request);
      return Boolean.TRUE.equals(result.isError())
          ? wrong(asked.tool())
          : asked.answers().done(told(result));
    } catch (McpError refused) {
      return wrong(asked.tool());
    } catch (RuntimeException broken) {
      // Where only this call's time is up, others may go on.
      if (!Thread.currentThread().isInterrupted()) forget(session);
      throw new Unheard(Sent.PERHAPS, "broken");
    }
  }

  /// Asks for the list again where the server has said that it is another one.
  private Optional<String> problem(McpSession session, OutsideTool tool) throws Unheard {
    try {
      return lacks(session, tool);
    } catch (RuntimeException silent) {
      if (!Thread.currentThread().isInterrupted()) forget(session);
      throw new Unheard(Sent.NEVER, "unreachable");
    }
  }

  private static Outcome wrong(OutsideTool tool) {
    return switch (tool.errorMeans()) {
      case NOT_DONE -> new Failed("refused-by-tool");
      case UNKNOWN -> new Unknown("refused-by-tool");
    };
  }

  /// The structured result; where a server of an older kind has none, its one text if that is JSON.
  private static JsonNode told(McpSchema.CallToolResult result) {
    if (result.structuredContent() != null) return JSON.valueToTree(result.structuredContent());
    var content = result.content();
    if (content != null
        && content.size() == 1
        && content.getFirst() instanceof McpSchema.TextContent text) {
      return object(text.text());
    }
    return JSON.createObjectNode();
  }

  private static ObjectNode object(String text) {
    try {
      if (text != null && JSON.readTree(text) instanceof ObjectNode object) return object;
    } catch (JsonProcessingException words) {
      // Words are no facts.
    }
    return JSON.createObjectNode();
  }

  /// The one that is open. Opening may take longer than a call may wait: the next one finds it.
  private McpSession session() throws Unheard, InterruptedException {
    try {
      lookedAfter.get(LOOKED_AFTER_MAX.toMillis(), TimeUnit.MILLISECONDS);
      var task = opening();
      try {
        return task.get(settings.within().toNanos() / 2, TimeUnit.NANOSECONDS);
      } catch (ExecutionException failed) {
        drop(task);
      }
    } catch (ExecutionException | TimeoutException late) {
      // Never sent.
    }
    throw new Unheard(Sent.NEVER, "unreachable");
  }

  private synchronized FutureTask<McpSession> opening() throws Unheard {
    if (closed) throw new Unheard(Sent.NEVER, "stopped");
    if (current != null) return current;
    var task = new FutureTask<>(() -> McpSession.open(settings, this::forget));
    current = task;
    Thread.ofVirtual().name("server-" + settings.name()).start(task);
    return task;
  }

  private synchronized void drop(FutureTask<McpSession> task) {
    if (current == task) current = null;
  }

  private void forget(McpSession session) {
    synchronized (this) {
      if (current != null
          && current.state() == FutureTask.State.SUCCESS
          && current.resultNow() == session) {
        current = null;
      }
    }
    Thread.startVirtualThread(session::close);
  }

  /// A server that hangs is left for a new one.
  private void lookAfter() {
    FutureTask<McpSession> task;
    synchronized (this) {
      task = current;
    }
    if (task == null || task.state() != FutureTask.State.SUCCESS) return;
    var session = task.resultNow();
    if (!session.isAlive()) forget(session);
  }

  @Override
  public void close() {
    FutureTask<McpSession> task;
    synchronized (this) {
      closed = true;
      task = current;
      current = null;
    }
    if (task == null) return;
    task.cancel(true);
    if (task.state() == FutureTask.State.SUCCESS) task.resultNow().close();
  }
}
