package baton.runtime.observe;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes spans as collectors do: OTLP in protobuf over HTTP.
public final class OtlpReceiver implements AutoCloseable {
  /// @param parent empty where it has none
  /// @param attributes lists as `[a, b]`
  public record Span(
      String trace,
      String id,
      String parent,
      String name,
      long startNanos,
      SortedMap<String, String> attributes) {}

  private final HttpServer http;
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

  private OtlpReceiver(HttpServer http) {
    this.http = http;
    http.createContext("/v1/traces", this::take);
    http.start();
  }

  public static OtlpReceiver start() throws IOException {
    return new OtlpReceiver(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  public String endpoint() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1/traces";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      bodies.add(exchange.getRequestBody().readAllBytes());
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /// All bytes that came, as far as they are text.
  public String text() {
    var all = new StringBuilder();
    bodies.forEach(body -> all.append(new String(body, StandardCharsets.UTF_8)));
    return all.toString();
  }

  /// A trace as one line a span, those below another two blanks further in, in the order in which
  /// they began.
  ///
  /// @param parent of the first of them
  public List<String> tree(String trace, String parent, List<String> attributes) {
    var spans =
        spans().stream()
            .filter(span -> span.trace.equals(trace))
            .sorted(Comparator.comparingLong(Span::startNanos))
            .toList();
    var lines = new ArrayList<String>();
    below(spans, parent, "", attributes, lines);
    return lines;
  }

  private static void below(
      List<Span> spans, String parent, String indent, List<String> shown, List<String> lines) {
    for (var span : spans) {
      if (!span.parent.equals(parent)) continue;
      var line = new StringBuilder(indent + span.name);
      shown.stream()
          .filter(span.attributes::containsKey)
          .forEach(name -> line.append(" ").append(span.attributes.get(name)));
      lines.add(line.toString());
      below(spans, span.id, indent + "  ", shown, lines);
    }
  }

  public List<Span> spans() {
    var spans = new ArrayList<Span>();
    for (var body : bodies) {
      for (var resource : nested(fields(ByteString.copyFrom(body)), 1)) {
        for (var scope : nested(resource, 2)) {
          for (var span : nested(scope, 2)) spans.add(span(span));
        }
      }
    }
    return spans;
  }

  private static Span span(UnknownFieldSet span) {
    var attributes = new TreeMap<String, String>();
    for (var pair : nested(span, 9)) {
      attributes.put(text(pair, 1), value(nested(pair, 2).getFirst()));
    }
    return new Span(
        hex(span, 1),
        hex(span, 2),
        hex(span, 4),
        text(span, 5),
        span.getField(7).getFixed64List().getFirst(),
        attributes);
  }

  private static String value(UnknownFieldSet value) {
    if (value.hasField(1)) return text(value, 1);
    if (value.hasField(3)) return value.getField(3).getVarintList().getFirst().toString();
    var list = nested(value, 5).getFirst();
    return nested(list, 1).stream().map(OtlpReceiver::value).toList().toString();
  }

  private static List<UnknownFieldSet> nested(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream()
        .map(OtlpReceiver::fields)
        .toList();
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
  }

  private static String hex(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream()
        .map(bytes -> HexFormat.of().formatHex(bytes.toByteArray()))
        .findFirst()
        .orElse("");
  }

  private static UnknownFieldSet fields(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
