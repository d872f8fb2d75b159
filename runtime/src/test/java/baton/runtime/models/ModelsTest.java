package baton.runtime.models;

import static baton.runtime.models.Asking.HELLO;
import static baton.runtime.models.Asking.KEY;
import static baton.runtime.models.Asking.failure;
import static baton.runtime.models.Asking.main;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.agents.model.Unanswered;
import baton.runtime.models.Failure.Refused;
import baton.runtime.models.OpenAiServer.Asked;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From a block of settings to a model that answers, or a line that says what is wrong with it.
@Timeout(30)
class ModelsTest {
  /// Each provider's way to send the key, and to answer.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "openai|/v1/chat/completions|authorization|Bearer|{\"choices\": [{\"index\": 0,"
            + " \"finish_reason\": \"stop\", \"message\": {\"role\": \"assistant\", \"content\":"
            + " \"Hi.\"}}], \"usage\": {\"prompt_tokens\": 7, \"completion_tokens\": 2,"
            + " \"total_tokens\": 9}}",
        "mistral|/v1/chat/completions|authorization|Bearer|{\"choices\": [{\"index\": 0,"
            + " \"finish_reason\": \"stop\", \"message\": {\"role\": \"assistant\", \"content\":"
            + " \"Hi.\"}}], \"usage\": {\"prompt_tokens\": 7, \"completion_tokens\": 2,"
            + " \"total_tokens\": 9}}",
        "anthropic|/v1/messages|x-api-key||{\"id\": \"m\", \"type\": \"message\", \"role\":"
            + " \"assistant\", \"model\": \"scripted\", \"stop_reason\": \"end_turn\", \"content\":"
            + " [{\"type\": \"text\", \"text\": \"Hi.\"}], \"usage\": {\"input_tokens\": 7,"
            + " \"output_tokens\": 2}}",
        "gemini|/v1/models/scripted:generateContent|x-goog-api-key||{\"candidates\": [{\"content\":"
            + " {\"role\": \"model\", \"parts\": [{\"text\": \"Hi.\"}]}, \"finishReason\":"
            + " \"STOP\"}], \"usageMetadata\": {\"promptTokenCount\": 7, \"candidatesTokenCount\":"
            + " 2, \"totalTokenCount\": 9}}",
        "ollama|/v1/api/chat|authorization|Bearer|{\"model\": \"scripted\", \"message\": {\"role\":"
            + " \"assistant\", \"content\": \"Hi.\"}, \"done\": true, \"prompt_eval_count\": 7,"
            + " \"eval_count\": 2}"
      })
  void givenAProvider_whenItsModelIsAsked_thenItIsSpokenToInItsOwnWords(
      String provider, String path, String header, String before, String body) {
    try (var server = OpenAiServer.always(new Reply.Body(body));
        var models = to(provider, server, 20_000)) {
      var said = main(models).chat(HELLO);
      assertEquals("Hi.", said.aiMessage().text());
      assertEquals(7, said.tokenUsage().inputTokenCount());
      assertEquals(2, said.tokenUsage().outputTokenCount());
      var asked = server.asked().getFirst();
      assertEquals(path, asked.path());
      assertEquals(before == null ? KEY : before + " " + KEY, asked.headers().get(header));
      assertEquals(new Reached.Identity("main", provider, "scripted"), main(models).identity());
    }
  }

  @ParameterizedTest
  @CsvSource({"openai", "mistral", "anthropic", "gemini", "ollama"})
  void givenAnyProvider_whenItsServerGoesWrong_thenTheFailureIsTheSame(String provider) {
    try (var server = OpenAiServer.always(Reply.status(401));
        var models = to(provider, server, 20_000)) {
      assertEquals(new Refused(401, ""), failure(main(models)));
      assertEquals(1, server.asked().size());
    }
    try (var server = OpenAiServer.always(Reply.status(503));
        var models = to(provider, server, 20_000)) {
      assertEquals("overloaded-503", failure(main(models)).code());
      assertEquals(2, server.asked().size());
    }
    try (var server = OpenAiServer.always(new Reply.Trickle());
        var models = to(provider, server, 300)) {
      assertEquals("timed-out", failure(main(models)).code());
      server.awaitUnderWay(0);
    }
    try (var server = OpenAiServer.always(new Reply.Endless());
        var models = to(provider, server, 20_000)) {
      assertEquals("too-large", failure(main(models)).code());
    }
    try (var server = OpenAiServer.always(new Reply.Body("{\"" + Reply.SECRET));
        var models = to(provider, server, 20_000)) {
      var failure = failure(main(models));
      assertEquals("malformed", failure.code());
      assertFalse(failure.line().contains("Ada"), failure.line());
    }
  }

  private static Models to(String provider, OpenAiServer server, int timeoutMs) {
    return Asking.to(
        "models.main { provider = %s, model = scripted, base-url = \"%s\", key = %s, timeout = %dms }"
            .formatted(provider, server.url(), KEY, timeoutMs),
        Clock.systemUTC());
  }

  @Test
  void whatIsAskedReachesTheServerWhole() {
    Function<Asked, Reply> script =
        asked ->
            asked.lastText().contains("book")
                ? Reply.call("book", "{\"slot\": 2}")
                : Reply.text("Hello.");
    try (var server = OpenAiServer.start(script);
        var models = Asking.to(server, "")) {
      var request =
          ChatRequest.builder()
              .messages(
                  SystemMessage.from("You book."),
                  UserMessage.from("Hello"),
                  AiMessage.from("Hi."),
                  UserMessage.from("Please book it"))
              .toolSpecifications(
                  ToolSpecification.builder()
                      .name("book")
                      .parameters(JsonObjectSchema.builder().addIntegerProperty("slot").build())
                      .build())
              .temperature(0.2)
              .build();
      var call = main(models).chat(request).aiMessage().toolExecutionRequests().getFirst();
      assertEquals("book", call.name());
      assertEquals("{\"slot\": 2}", call.arguments());
      var asked = server.asked().getFirst();
      assertEquals(
          List.of("system: You book.", "user: Hello", "assistant: Hi.", "user: Please book it"),
          asked.messages());
      assertEquals(List.of("book"), asked.tools());
      assertEquals("scripted", asked.model());
      assertEquals(0.2, asked.body().path("temperature").asDouble());
      assertFalse(asked.streams());
      assertEquals("Hello.", main(models).chat(HELLO).aiMessage().text());
    }
  }

  @Test
  void anAgentIsToldInAWordWhyThereIsNoAnswer() {
    var replies = new ArrayList<>(List.of(Reply.text("Hi."), Reply.status(401), new Reply.Hang()));
    try (var server = OpenAiServer.start(_ -> replies.removeFirst());
        var models = to("openai", server, 20_000)) {
      assertEquals(
          "Hi.", models.chat("main").ask(HELLO, Duration.ofSeconds(20)).aiMessage().text());
      assertEquals("refused-401", factor(models, "main", Duration.ofSeconds(20)));
      assertEquals("timed-out", factor(models, "main", Duration.ofMillis(50)));
      assertEquals("not-configured", factor(models, "other", Duration.ofSeconds(20)));
    }
  }

  private static String factor(Models models, String name, Duration within) {
    var chat = models.chat(name);
    return assertThrows(Unanswered.class, () -> chat.ask(HELLO, within)).factor();
  }

  @Test
  void theBoundOnAnAnswerHasTheNameThatEachServerKnows() {
    var bounded =
        ChatRequest.builder().messages(UserMessage.from("Hello")).maxOutputTokens(50).build();
    try (var server = OpenAiServer.always(Reply.text("Hi."));
        var models = to("openai", server, 20_000);
        var http = new BoundedHttp()) {
      main(models).chat(bounded);
      var settings =
          read(
              "models.main { provider = openai, model = m, base-url = \"%s\" }"
                  .formatted(server.url()));
      new OpenAiItself(Provider.openAi(settings.get("main"), http.builder())).chat(bounded);
      var compatible = server.asked().getFirst().body();
      assertEquals(50, compatible.path("max_tokens").asInt());
      assertFalse(compatible.has("max_completion_tokens"));
      var itself = server.asked().getLast().body();
      assertEquals(50, itself.path("max_completion_tokens").asInt());
      assertFalse(itself.has("max_tokens"));
    }
  }

  @Test
  void aBlockSaysAllOfAModelAndTheRestIsUsual() {
    var models =
        read(
            """
            models.main { provider = openai, model = gpt-4.1-mini, key = sk-secret }
            models.own {
              provider = ollama, model = "qwen3:8b", base-url = "http://gpu.example:11434"
              timeout = 5s, concurrent = 2, attempts = 1
            }
            """);
    var main = models.get("main");
    assertEquals(Duration.ofSeconds(30), main.timeout());
    assertEquals(32, main.concurrent());
    assertEquals(2, main.attempts());
    assertEquals(Optional.empty(), main.baseUrl());
    assertEquals(Optional.of("sk-secret"), main.key());
    assertEquals("{main=main: gpt-4.1-mini of openai, own=own: qwen3:8b of ollama}", models + "");
    var own = models.get("own");
    assertEquals(Optional.of("http://gpu.example:11434"), own.baseUrl());
    assertEquals(Optional.empty(), own.key());
    assertEquals(Duration.ofSeconds(5), own.timeout());
    assertEquals(2, own.concurrent());
    assertEquals(1, own.attempts());
    try (var made = Asking.to("models.a { provider = ollama, model = m }", Clock.systemUTC())) {
      assertEquals(Set.of("a"), made.names());
      assertEquals(Optional.empty(), made.named("b"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "models = x|models has type STRING rather than OBJECT",
        "models.main = x|models.main is a block in braces",
        "models.\"Ada L\" {}|models has a name of other than 1 to 64 of a-z 0-9 -, a letter first",
        "models.main { modle = x }|unknown key models.main.modle; a model has attempts, base-url,"
            + " concurrent, key, model, provider, settings, timeout",
        "models.main { model = m }|models.main.provider is one of openai, anthropic, gemini,"
            + " mistral, ollama, or one plugged in",
        "models.main { provider = openai, key = k }|models.main.model is the provider's name of it,"
            + " such as gpt-4.1-mini",
        "models.main { provider = openai, model = \"a b\", key = k }|models.main.model is the"
            + " provider's name of it, such as gpt-4.1-mini",
        "models.main { provider = openai, model = m }|models.main.key is missing: give it, such as"
            + " ${MODEL_KEY} for what the environment says",
        "models.main { provider = gemini, model = m, key = \"\" }|models.main.key is missing: give"
            + " it, such as ${MODEL_KEY} for what the environment says",
        "models.main { provider = openai, model = m, key = \"sk-secret x\" }|models.main.key has a"
            + " space or a sign that no key has: give it as it was given to you",
        "models.main { provider = openai, model = m, key = [sk-secret] }|models.main.key has type"
            + " LIST rather than STRING",
        "models.main { provider = ollama, model = m, base-url = \"gpu:11434\""
            + " }|models.main.base-url is an address such as https://models.example.com/v1",
        "models.main { provider = openai, model = m, key = sk-secret, base-url ="
            + " \"http://gpu.example/v1\" }|models.main.base-url would send the key in the clear:"
            + " use https, or leave out key",
        "models.main { provider = ollama, model = m, timeout = 0s }|models.main.timeout is more"
            + " than 0 and 10m at most, such as 30s",
        "models.main { provider = ollama, model = m, timeout = 1h }|models.main.timeout is more"
            + " than 0 and 10m at most, such as 30s",
        "models.main { provider = ollama, model = m, concurrent = 0 }|models.main.concurrent is 1"
            + " to 10000",
        "models.main { provider = ollama, model = m, attempts = 6 }|models.main.attempts is 1 to 5"
      })
  void whatCannotBeIsOneClearLine(String settings, String line) {
    var refused = assertThrows(RuntimeException.class, () -> read(settings)).getMessage();
    assertTrue(refused.endsWith(line), refused);
    assertFalse(refused.contains("sk-secret"), refused);
  }

  @Test
  void aProviderOfSomebodyElseIsAskedForItsModel() {
    var acme = new Named("acme", block -> saying(block.getString("settings.greeting")));
    try (var models =
        made("models.main { provider = acme, model = a1, settings.greeting = Ahoy }", acme)) {
      assertEquals("Ahoy", main(models).chat(HELLO).aiMessage().text());
      assertEquals(new Reached.Identity("main", "acme", "a1"), main(models).identity());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none-such|models.main.provider = none-such: there is no such provider; there are openai,"
            + " anthropic, gemini, mistral, ollama, acme, broken, empty, twin; others are found in"
            + " the jars that BATON_CLASSPATH names",
        "twin|models.main.provider = twin: two providers on the class path are called that; leave"
            + " one out",
        "broken|models.main: it could not be made: java.lang.IllegalStateException",
        "empty|models.main: its provider made no model",
        "acme|models.main: settings.greeting: say how it greets"
      })
  void aProviderThatCannotBeUsedIsOneClearLine(String provider, String line) {
    var providers =
        new Named[] {
          new Named(
              "acme",
              _ -> {
                throw new IllegalArgumentException("settings.greeting: say how it greets");
              }),
          new Named(
              "broken",
              _ -> {
                throw new IllegalStateException("sk-secret");
              }),
          new Named("empty", _ -> null),
          new Named("twin", _ -> saying("1")),
          new Named("twin", _ -> saying("2"))
        };
    var settings = "models.main { provider = %s, model = m, key = sk-secret }".formatted(provider);
    var refused = assertThrows(IllegalStateException.class, () -> made(settings, providers));
    assertEquals(line, refused.getMessage());
  }

  private static Models made(String settings, ModelProvider... providers) {
    return Models.of(read(settings), List.of(providers));
  }

  private static Map<String, ModelSettings> read(String settings) {
    return ModelSettings.read(ConfigFactory.parseString(settings));
  }

  private static ChatModel saying(String text) {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
      }
    };
  }

  private record Named(String name, Function<Config, ChatModel> make) implements ModelProvider {
    @Override
    public ChatModel model(Config settings) {
      return make.apply(settings);
    }
  }
}
