package baton.runtime.models;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;

/// OpenAI's own server, whose newer models refuse `max_tokens`: the bound on an answer has another
/// name there, which the other servers of its protocol do not all know.
final class OpenAiItself extends OpenAiChatModel {
  OpenAiItself(OpenAiChatModelBuilder builder) {
    super(builder);
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return super.doChat(inItsWords(request));
  }

  static ChatRequest inItsWords(ChatRequest request) {
    var said = (OpenAiChatRequestParameters) request.parameters();
    return ChatRequest.builder()
        .messages(request.messages())
        .parameters(
            OpenAiChatRequestParameters.builder()
                .overrideWith(said)
                .maxOutputTokens(null)
                .maxCompletionTokens(said.maxOutputTokens())
                .build())
        .build();
  }
}
