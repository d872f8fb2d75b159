package baton.runtime.models;

import baton.runtime.models.OpenAiServer.Asked;
import baton.runtime.models.Reply.Calls;
import baton.runtime.models.Reply.Usage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// An answer in events, as OpenAI's `chat.completion.chunk` objects.
final class Sse {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Sse() {}

  static void begin(OutputStream out) throws IOException {
    out.write(
        OpenAiServer.head(
            200, Map.of("Content-Type", "text/event-stream", "Transfer-Encoding", "chunked")));
  }

  static void piece(OutputStream out, String text) throws IOException {
    var chunk = chunk();
    chunk.withArray("choices").addObject().put("index", 0).putObject("delta").put("content", text);
    event(out, chunk.toString());
  }

  /// Each call in two events: its name, then its arguments.
  static void calls(OutputStream out, Calls calls) throws IOException {
    int index = 0;
    for (var call : calls.calls()) {
      var named = call(index);
      named
          .part()
          .put("id", call.id())
          .put("type", "function")
          .putObject("function")
          .put("name", call.name())
          .put("arguments", "");
      event(out, named.chunk().toString());
      var argued = call(index++);
      argued.part().putObject("function").put("arguments", call.arguments());
      event(out, argued.chunk().toString());
    }
  }

  /// @return that the connection can be used again
  static boolean end(OutputStream out, Asked request, String why, Optional<Usage> usage)
      throws IOException {
    var last = chunk();
    last.withArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", why)
        .putObject("delta");
    event(out, last.toString());
    if (usage.isPresent() && request.body().at("/stream_options/include_usage").asBoolean()) {
      var tokens = chunk();
      tokens.putArray("choices");
      tokens.set("usage", Completion.usage(usage.get()));
      event(out, tokens.toString());
    }
    event(out, "[DONE]");
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return true;
  }

  private record Part(ObjectNode chunk, ObjectNode part) {}

  private static Part call(int index) {
    var chunk = chunk();
    var part =
        chunk
            .withArray("choices")
            .addObject()
            .put("index", 0)
            .putObject("delta")
            .putArray("tool_calls")
            .addObject()
            .put("index", index);
    return new Part(chunk, part);
  }

  private static ObjectNode chunk() {
    return JSON.createObjectNode()
        .put("id", "chatcmpl-1")
        .put("object", "chat.completion.chunk")
        .put("model", "scripted");
  }

  private static void event(OutputStream out, String data) throws IOException {
    var bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
