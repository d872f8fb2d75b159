package baton.runtime.models;

import baton.runtime.models.Failure.Declined;
import baton.runtime.models.Failure.Malformed;
import baton.runtime.models.Failure.Refused;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What came of asking a model a few short questions.
///
/// @param failure why it did not answer the first, or broke down after it
/// @param tookMs how long the first answer took
/// @param streaming whether its text comes in pieces, before the answer is whole
/// @param tools whether it calls a tool when asked to
/// @param structured whether it answers in the JSON of a schema
public record ModelCheck(
    Reached.Identity model,
    Optional<Failure> failure,
    long tookMs,
    boolean streaming,
    boolean tools,
    boolean structured) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WITHIN = Duration.ofMinutes(1);
  private static final String WORD = "word";
  private static final JsonObjectSchema ONE_WORD =
      JsonObjectSchema.builder()
          .addStringProperty(WORD)
          .required(WORD)
          .additionalProperties(false)
          .build();

  public boolean isWell() {
    return failure.isEmpty();
  }

  public static ModelCheck of(Reached model) {
    long fromNs = System.nanoTime();
    try {
      model.chat(plain());
      long tookMs = (System.nanoTime() - fromNs) / 1_000_000;
      boolean streaming = streams(model);
      boolean tools = does(() -> model.chat(withTool()), ModelCheck::callsTheTool);
      boolean structured = does(() -> model.chat(withSchema()), ModelCheck::isTheJson);
      return new ModelCheck(
          model.identity(), Optional.empty(), tookMs, streaming, tools, structured);
    } catch (ModelFailure told) {
      long tookMs = (System.nanoTime() - fromNs) / 1_000_000;
      return new ModelCheck(
          model.identity(), Optional.of(told.failure()), tookMs, false, false, false);
    }
  }

  private static boolean streams(Reached model) {
    if (!model.streams()) return false;
    var pieces = new AtomicInteger();
    return does(
        () -> model.chat(plain(), WITHIN, WITHIN, _ -> pieces.incrementAndGet()),
        _ -> pieces.get() > 0);
  }

  /// A server that will not do it refuses it, or does something else.
  private static boolean does(Supplier<ChatResponse> asked, Predicate<ChatResponse> asWanted) {
    try {
      return asWanted.test(asked.get());
    } catch (ModelFailure told) {
      return switch (told.failure()) {
        case Refused _, Malformed _, Declined _ -> false;
        default -> throw told;
      };
    }
  }

  private static ChatRequest plain() {
    return ChatRequest.builder().messages(UserMessage.from("Answer with the word ok.")).build();
  }

  private static ChatRequest withTool() {
    return ChatRequest.builder()
        .messages(UserMessage.from("Call the tool note with the word ok."))
        .toolSpecifications(
            ToolSpecification.builder()
                .name("note")
                .description("Notes one word.")
                .parameters(ONE_WORD)
                .build())
        .build();
  }

  private static ChatRequest withSchema() {
    return ChatRequest.builder()
        .messages(UserMessage.from("Answer in JSON, with the word ok."))
        .responseFormat(
            ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder().name("answer").rootElement(ONE_WORD).build())
                .build())
        .build();
  }

  private static boolean callsTheTool(ChatResponse response) {
    return response.aiMessage().hasToolExecutionRequests()
        && response.aiMessage().toolExecutionRequests().getFirst().name().equals("note");
  }

  private static boolean isTheJson(ChatResponse response) {
    var text = response.aiMessage().text();
    try {
      return text != null && JSON.readTree(text).path(WORD).isTextual();
    } catch (JacksonException notJson) {
      return false;
    }
  }
}
