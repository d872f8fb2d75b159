package baton.runtime.models;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/// As [OpenAiItself], with its text as it comes.
final class OpenAiItselfStreaming extends OpenAiStreamingChatModel {
  OpenAiItselfStreaming(OpenAiStreamingChatModelBuilder builder) {
    super(builder);
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    super.doChat(OpenAiItself.inItsWords(request), handler);
  }
}
