package baton.runtime.models;

import com.typesafe.config.ConfigFactory;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Clock;
import java.util.List;

/// Models of a block of settings, as a node would have them.
final class Asking {
  static final String KEY = "sk-very-secret-0123456789";
  static final ChatRequest HELLO =
      ChatRequest.builder().messages(UserMessage.from("Hello")).build();

  private Asking() {}

  /// @param more of what stands in the block, such as `timeout = 1s`
  static Models to(OpenAiServer server, String more) {
    return to(server, more, Clock.systemUTC());
  }

  /// Tries again at once.
  static Models to(OpenAiServer server, String more, Clock clock) {
    return to(
        "models.main { provider = openai, model = scripted, base-url = \"%s\", key = %s, %s }"
            .formatted(server.url(), KEY, more),
        clock);
  }

  static Models to(String settings, Clock clock) {
    return new Models(
        ModelSettings.read(ConfigFactory.parseString(settings)), List.of(), clock, _ -> 0L);
  }

  static Reached main(Models models) {
    return models.named("main").orElseThrow();
  }

  /// Why it did not answer.
  static Failure failure(Reached model) {
    try {
      var answered = model.chat(HELLO);
      throw new AssertionError("answered " + answered.aiMessage());
    } catch (ModelFailure told) {
      return told.failure();
    }
  }
}
