package baton.runtime.models;

import baton.runtime.models.Reply.Babble;
import baton.runtime.models.Reply.Body;
import baton.runtime.models.Reply.Broken;
import baton.runtime.models.Reply.Calls;
import baton.runtime.models.Reply.Cut;
import baton.runtime.models.Reply.Endless;
import baton.runtime.models.Reply.Garbage;
import baton.runtime.models.Reply.Hang;
import baton.runtime.models.Reply.Held;
import baton.runtime.models.Reply.Late;
import baton.runtime.models.Reply.Pieces;
import baton.runtime.models.Reply.Refusal;
import baton.runtime.models.Reply.Reset;
import baton.runtime.models.Reply.Status;
import baton.runtime.models.Reply.Text;
import baton.runtime.models.Reply.Trickle;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A server that speaks OpenAI's protocol over real HTTP, whole and in events, and answers what its
/// script says: well, or in one of the ways in which a server or a model goes wrong.
///
/// It is made of sockets, since the JDK's own server notices neither that a client has gone nor can
/// it break a connection.
public final class OpenAiServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration AWAIT_MAX = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  private final ServerSocket listening;
  private final Function<Asked, Reply> script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Asked> asked = new ArrayList<>();
  private int underWay;
  private int underWayMost;

  /// What was asked.
  ///
  /// @param path such as `/v1/chat/completions`
  /// @param headers by name in lower case
  public record Asked(String path, Map<String, String> headers, JsonNode body) {
    /// What came as `Authorization: Bearer`.
    public Optional<String> key() {
      return Optional.ofNullable(headers.get("authorization"))
          .filter(text -> text.startsWith("Bearer "))
          .map(text -> text.substring("Bearer ".length()));
    }

    public String model() {
      return body.path("model").asText();
    }

    /// Each as `role: text`.
    public List<String> messages() {
      return body.path("messages").valueStream().map(Asked::said).toList();
    }

    /// The last one's text alone.
    public String lastText() {
      var messages = body.path("messages");
      return text(messages.path(messages.size() - 1));
    }

    /// The names of those that may be called.
    public List<String> tools() {
      return body.path("tools").valueStream().map(t -> t.at("/function/name").asText()).toList();
    }

    public boolean streams() {
      return body.path("stream").asBoolean();
    }

    private static String said(JsonNode message) {
      return message.path("role").asText() + ": " + text(message);
    }

    private static String text(JsonNode message) {
      var content = message.path("content");
      return content.isArray() ? content.path(0).path("text").asText() : content.asText();
    }
  }

  private OpenAiServer(ServerSocket listening, Function<Asked, Reply> script) {
    this.listening = listening;
    this.script = script;
  }

  /// @param script called on many threads at once
  public static OpenAiServer start(Function<Asked, Reply> script) {
    try {
      var listening = new ServerSocket(0, 1_000, InetAddress.getByName("127.0.0.1"));
      var server = new OpenAiServer(listening, script);
      Thread.ofVirtual().name("openai-server").start(server::listen);
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Answers the same to everybody.
  public static OpenAiServer always(Reply reply) {
    return start(_ -> reply);
  }

  /// As it stands in `base-url`.
  public String url() {
    return "http://127.0.0.1:" + listening.getLocalPort() + "/v1";
  }

  /// Every request so far, in the order of their arrival.
  public synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  /// Requests that are neither answered nor given up by whoever asked.
  public synchronized int underWay() {
    return underWay;
  }

  /// The most that ever were.
  public synchronized int underWayMost() {
    return underWayMost;
  }

  /// Waits until that many are under way.
  public synchronized void awaitUnderWay(int wanted) {
    long endNs = System.nanoTime() + AWAIT_MAX.toNanos();
    try {
      while (underWay != wanted) {
        long leftMs = (endNs - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) throw new AssertionError(underWay + " are under way, not " + wanted);
        wait(leftMs);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    shut(listening);
    open.forEach(OpenAiServer::shut);
  }

  private static void shut(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception gone) {
      throw new IllegalStateException(gone);
    }
  }

  private void listen() {
    try {
      while (true) {
        var line = listening.accept();
        open.add(line);
        Thread.ofVirtual().name("openai-connection").start(() -> serve(line));
      }
    } catch (IOException over) {
      open.forEach(OpenAiServer::shut);
    }
  }

  private void serve(Socket line) {
    try (line) {
      line.setTcpNoDelay(true);
      var in = new BufferedInputStream(line.getInputStream());
      var out = line.getOutputStream();
      for (var request = read(in); request.isPresent(); request = read(in)) {
        began(request.get());
        try {
          if (!answer(line, request.get(), in, out, script.apply(request.get()))) return;
        } finally {
          ended();
        }
      }
    } catch (IOException gone) {
      // Whoever asked has hung up, or the server is closed.
    } finally {
      open.remove(line);
    }
  }

  private synchronized void began(Asked request) {
    asked.add(request);
    underWay++;
    underWayMost = Math.max(underWayMost, underWay);
    notifyAll();
  }

  private synchronized void ended() {
    underWay--;
    notifyAll();
  }

  private static Optional<Asked> read(InputStream in) throws IOException {
    var first = line(in);
    if (first.isEmpty()) return Optional.empty();
    var headers = new HashMap<String, String>();
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var body = in.readNBytes(length);
    return Optional.of(
        new Asked(
            first.split(" ")[1],
            headers,
            length == 0 ? JSON.createObjectNode() : JSON.readTree(body)));
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) if (b != '\r') line.write(b);
    return line.toString(StandardCharsets.UTF_8);
  }

  /// @return whether the connection can be used again
  private boolean answer(Socket line, Asked request, InputStream in, OutputStream out, Reply reply)
      throws IOException {
    return switch (reply) {
      case Text said when request.streams() -> {
        var pieces = new ArrayList<String>();
        for (var word : said.text().splitWithDelimiters(" ", 0)) pieces.add(word);
        Sse.begin(out);
        for (var piece : pieces) Sse.piece(out, piece);
        yield Sse.end(out, request, "stop", said.usage());
      }
      case Text said -> whole(out, Completion.of(request.model(), said));
      case Calls calls when request.streams() -> {
        Sse.begin(out);
        Sse.calls(out, calls);
        yield Sse.end(out, request, "tool_calls", calls.usage());
      }
      case Calls calls -> whole(out, Completion.of(request.model(), calls));
      case Refusal refusal -> whole(out, Completion.of(request.model(), refusal));
      case Pieces(var pieces, var steps) -> {
        Sse.begin(out);
        for (var piece : pieces) {
          if (!until(line, in, steps::tryAcquire)) yield false;
          Sse.piece(out, piece);
        }
        yield Sse.end(out, request, "stop", Optional.empty());
      }
      case Broken(var pieces, var hangs) -> {
        Sse.begin(out);
        for (var piece : pieces) Sse.piece(out, piece);
        yield hangs && in.read() >= 0;
      }
      case Babble _ -> {
        Sse.begin(out);
        while (true) Sse.piece(out, "and so on. ".repeat(100));
      }
      case Status(int status, var code, var headers) -> {
        var body = JSON.createObjectNode();
        body.putObject("error").put("message", Reply.SECRET).put("code", code);
        yield send(out, status, headers, body.toString());
      }
      case Body(var body) -> send(out, 200, Map.of(), body);
      case Garbage _ -> {
        out.write("SSH-2.0-OpenSSH_9.6\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        yield false;
      }
      case Hang _ -> in.read() >= 0; // until there is nothing more to read
      case Reset _ -> {
        line.setSoLinger(true, 0); // closed with a reset
        yield false;
      }
      case Cut _ -> {
        out.write(head(200, Map.of("Content-Length", "1000")));
        out.write("{\"choices\": [".getBytes(StandardCharsets.UTF_8));
        yield false;
      }
      case Endless _ -> {
        out.write(head(200, Map.of("Content-Type", "application/json")));
        out.write("{\"id\": \"".getBytes(StandardCharsets.UTF_8));
        var more = "and so on ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        while (true) out.write(more);
      }
      case Trickle _ -> {
        out.write(head(200, Map.of("Content-Type", "application/json")));
        do {
          out.write(' ');
          out.flush();
        } while (stays(line, in, LOOK_EVERY));
        yield false;
      }
      case Late(var by, var then) -> stays(line, in, by) && answer(line, request, in, out, then);
      case Held(var latch, var then) ->
          until(line, in, () -> latch.getCount() == 0) && answer(line, request, in, out, then);
    };
  }

  /// @return false where whoever asked went before it was so
  private static boolean until(Socket line, InputStream in, BooleanSupplier so) throws IOException {
    while (!so.getAsBoolean()) if (!stays(line, in, LOOK_EVERY)) return false;
    return true;
  }

  /// Whether whoever asked is still there after that time.
  private static boolean stays(Socket line, InputStream in, Duration time) throws IOException {
    line.setSoTimeout(Math.toIntExact(time.toMillis()));
    try {
      return in.read() >= 0;
    } catch (SocketTimeoutException there) {
      line.setSoTimeout(0);
      return true;
    }
  }

  private static boolean whole(OutputStream out, JsonNode body) throws IOException {
    return send(out, 200, Map.of("Content-Type", "application/json"), body.toString());
  }

  private static boolean send(
      OutputStream out, int status, Map<String, String> headers, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var all = new HashMap<>(headers);
    all.put("Content-Length", "" + bytes.length);
    var message = new ByteArrayOutputStream();
    message.writeBytes(head(status, all));
    message.writeBytes(bytes);
    message.writeTo(out);
    out.flush();
    return true;
  }

  static byte[] head(int status, Map<String, String> headers) {
    var head = new StringBuilder("HTTP/1.1 " + status + " .\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }
}
