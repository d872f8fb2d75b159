package baton.runtime.models;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The providers that come with Baton, each in LangChain4j's own words.
enum Provider {
  /// And every server that speaks its protocol.
  OPENAI,
  ANTHROPIC,
  GEMINI,
  MISTRAL,
  OLLAMA;

  private static final String OLLAMA_USUAL = "http://localhost:11434";

  static List<String> names() {
    return Arrays.stream(values()).map(Provider::word).toList();
  }

  static Optional<Provider> named(String word) {
    return Arrays.stream(values()).filter(provider -> provider.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param elsewhere whether the server is not the provider's own
  boolean needsKey(boolean elsewhere) {
    return switch (this) {
      case OPENAI -> !elsewhere;
      case ANTHROPIC, GEMINI, MISTRAL -> true;
      case OLLAMA -> false;
    };
  }

  /// Logs nothing and tries nothing twice: that is for [Reached] to do.
  ChatModel model(ModelSettings settings, HttpClientBuilder http) {
    var url = settings.baseUrl().orElse(null);
    var key = settings.key().orElse(null);
    return switch (this) {
      case OPENAI ->
          url == null ? new OpenAiItself(openAi(settings, http)) : openAi(settings, http).build();
      case ANTHROPIC ->
          AnthropicChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url)
              .apiKey(key)
              .modelName(settings.model())
              .timeout(settings.timeout())
              .maxRetries(0)
              .build();
      case GEMINI ->
          GoogleAiGeminiChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url)
              .apiKey(key)
              .modelName(settings.model())
              .timeout(settings.timeout())
              .maxRetries(0)
              .build();
      case MISTRAL ->
          MistralAiChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url)
              .apiKey(key)
              .modelName(settings.model())
              .timeout(settings.timeout())
              .maxRetries(0)
              .build();
      case OLLAMA ->
          OllamaChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url == null ? OLLAMA_USUAL : url)
              .customHeaders(key == null ? Map.of() : Map.of("Authorization", "Bearer " + key))
              .modelName(settings.model())
              .timeout(settings.timeout())
              .maxRetries(0)
              .build();
    };
  }

  /// The same model, with its text as it comes.
  StreamingChatModel streaming(ModelSettings settings, HttpClientBuilder http) {
    var url = settings.baseUrl().orElse(null);
    var key = settings.key().orElse(null);
    return switch (this) {
      case OPENAI ->
          url == null
              ? new OpenAiItselfStreaming(openAiStreaming(settings, http))
              : openAiStreaming(settings, http).build();
      case ANTHROPIC ->
          AnthropicStreamingChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url)
              .apiKey(key)
              .modelName(settings.model())
              .timeout(settings.timeout())
              .build();
      case GEMINI ->
          GoogleAiGeminiStreamingChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url)
              .apiKey(key)
              .modelName(settings.model())
              .timeout(settings.timeout())
              .build();
      case MISTRAL ->
          MistralAiStreamingChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url)
              .apiKey(key)
              .modelName(settings.model())
              .timeout(settings.timeout())
              .build();
      case OLLAMA ->
          OllamaStreamingChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url == null ? OLLAMA_USUAL : url)
              .customHeaders(key == null ? Map.of() : Map.of("Authorization", "Bearer " + key))
              .modelName(settings.model())
              .timeout(settings.timeout())
              .build();
    };
  }

  static OpenAiStreamingChatModelBuilder openAiStreaming(
      ModelSettings settings, HttpClientBuilder http) {
    return OpenAiStreamingChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(settings.baseUrl().orElse(null))
        .apiKey(settings.key().orElse(null))
        .modelName(settings.model())
        .timeout(settings.timeout());
  }

  static OpenAiChatModelBuilder openAi(ModelSettings settings, HttpClientBuilder http) {
    return OpenAiChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(settings.baseUrl().orElse(null))
        .apiKey(settings.key().orElse(null))
        .modelName(settings.model())
        .timeout(settings.timeout())
        .maxRetries(0);
  }
}
