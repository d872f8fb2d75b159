package baton.simulation;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A language model that says what it was told to, and fails where it was told nothing.
final class ScriptedModel implements ChatModel {
  private final Deque<AiMessage> script = new ArrayDeque<>();
  private final List<ChatRequest> asked = new ArrayList<>();

  ScriptedModel says(String text) {
    script.add(AiMessage.from(text));
    return this;
  }

  ScriptedModel calls(String text, String tool, String arguments) {
    var call = ToolExecutionRequest.builder().id("1").name(tool).arguments(arguments).build();
    script.add(AiMessage.from(text, List.of(call)));
    return this;
  }

  List<ChatRequest> asked() {
    return asked;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    asked.add(request);
    if (script.isEmpty()) throw new IllegalStateException("nothing more to say");
    return ChatResponse.builder()
        .aiMessage(script.poll())
        .modelName("scripted")
        .tokenUsage(new TokenUsage(200, 20))
        .build();
  }
}
