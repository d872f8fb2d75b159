package baton.agents.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.function.Consumer;

/// The way to one language model. Thread-safe; blocks.
@FunctionalInterface
public interface Chat {
  /// @param within how long it may take in all, with whatever is tried again
  /// @throws Unanswered where no answer comes
  ChatResponse ask(ChatRequest request, Duration within);

  /// The same, with its text as it comes. One that cannot do that gives it whole, and none before.
  ///
  /// @param firstWithin how long its first word, or call, may take
  /// @param text gets each piece, on the thread that asks; what it throws ends the call
  default ChatResponse ask(
      ChatRequest request, Duration within, Duration firstWithin, Consumer<String> text) {
    return ask(request, within);
  }

  /// A model that nobody has configured.
  static Chat none() {
    return (_, _) -> {
      throw new Unanswered("not-configured");
    };
  }

  /// A model as it is: what it throws is no answer. It is not bounded in time, and its text comes
  /// in one piece.
  static Chat of(ChatModel model) {
    return new Chat() {
      @Override
      public ChatResponse ask(ChatRequest request, Duration within) {
        try {
          return model.chat(request);
        } catch (RuntimeException failed) {
          throw new Unanswered("error");
        }
      }

      @Override
      public ChatResponse ask(
          ChatRequest request, Duration within, Duration firstWithin, Consumer<String> text) {
        var response = ask(request, within);
        if (response.aiMessage().text() != null) text.accept(response.aiMessage().text());
        return response;
      }
    };
  }
}
