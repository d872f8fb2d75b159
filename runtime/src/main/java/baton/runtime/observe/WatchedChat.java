package baton.runtime.observe;

import baton.agents.model.Chat;
import baton.agents.model.Unanswered;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Times and traces the calls of one language model.
///
/// @param model the policy's name of it
public record WatchedChat(String model, Chat chat, Metrics metrics, Traces traces) implements Chat {
  @Override
  public ChatResponse ask(ChatRequest request, Duration within) {
    return timed(() -> chat.ask(request, within));
  }

  @Override
  public ChatResponse ask(
      ChatRequest request, Duration within, Duration firstWithin, Consumer<String> text) {
    return timed(() -> chat.ask(request, within, firstWithin, text));
  }

  private ChatResponse timed(Supplier<ChatResponse> call) {
    long began = metrics.now();
    try (var span = traces.part("model " + model, SpanKind.CLIENT)) {
      String result = "error";
      try {
        var response = call.get();
        result = "answered";
        return response;
      } catch (Unanswered why) {
        result = why.factor();
        throw why;
      } finally {
        span.with("baton.result", result);
        metrics.modelCall(model, result, began);
      }
    }
  }
}
