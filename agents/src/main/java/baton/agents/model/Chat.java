package baton.agents.model;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;

/// The way to one language model. Thread-safe; blocks.
@FunctionalInterface
public interface Chat {
  /// @param within how long it may take in all, with whatever is tried again
  /// @throws Unanswered where no answer comes
  ChatResponse ask(ChatRequest request, Duration within);
}
