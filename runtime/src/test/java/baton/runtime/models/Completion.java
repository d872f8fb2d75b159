package baton.runtime.models;

import baton.runtime.models.Reply.Calls;
import baton.runtime.models.Reply.Refusal;
import baton.runtime.models.Reply.Text;
import baton.runtime.models.Reply.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// An answer as OpenAI's `chat.completion` object.
final class Completion {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CREATED = 1_700_000_000;

  private Completion() {}

  static JsonNode of(String model, Text said) {
    return answered(model, message().put("content", said.text()), "stop", said.usage());
  }

  static JsonNode of(String model, Refusal refusal) {
    var message = message().putNull("content").put("refusal", refusal.text());
    return answered(model, message, "stop", Optional.empty());
  }

  static JsonNode of(String model, Calls calls) {
    var message = message().putNull("content");
    var list = message.putArray("tool_calls");
    for (var call : calls.calls()) {
      list.addObject()
          .put("id", call.id())
          .put("type", "function")
          .putObject("function")
          .put("name", call.name())
          .put("arguments", call.arguments());
    }
    return answered(model, message, "tool_calls", calls.usage());
  }

  static ObjectNode usage(Usage usage) {
    return JSON.createObjectNode()
        .put("prompt_tokens", usage.in())
        .put("completion_tokens", usage.out())
        .put("total_tokens", usage.in() + usage.out());
  }

  private static ObjectNode message() {
    return JSON.createObjectNode().put("role", "assistant");
  }

  private static JsonNode answered(
      String model, ObjectNode message, String why, Optional<Usage> usage) {
    var all =
        JSON.createObjectNode()
            .put("id", "chatcmpl-1")
            .put("object", "chat.completion")
            .put("created", CREATED)
            .put("model", model);
    var choice = all.putArray("choices").addObject().put("index", 0).put("finish_reason", why);
    choice.set("message", message);
    usage.ifPresent(tokens -> all.set("usage", usage(tokens)));
    return all;
  }
}
