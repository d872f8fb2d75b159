package baton.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.models.OpenAiServer;
import baton.runtime.models.OpenAiServer.Asked;
import baton.runtime.models.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/// `./baton models check` says of each model whether it is well, or what is wrong and what to do.
@Timeout(60)
class ModelsCheckTest {
  private static final String KEY = "sk-right";

  @TempDir Path folder;

  private record Ran(int status, String out, String err) {}

  @Test
  void givenModelsThatAreWell_whenTheyAreChecked_thenItSaysWhatTheyCanDo() throws IOException {
    try (var server = OpenAiServer.start(ModelsCheckTest::able)) {
      var ran =
          check(
              Ansi.OFF,
              model("main", server, "gpt-4.1-mini", KEY),
              model("judge", server, "talks-only", KEY));
      assertEquals(
          new Ran(
              0,
              """
              judge  openai  talks-only    ok      N ms  no tools, streaming
              main   openai  gpt-4.1-mini  ok      N ms  tools, JSON, streaming

              All 2 models are well.
              """,
              ""),
          ran);
      assertEquals(8, server.asked().size());
    }
  }

  @Test
  void givenModelsThatAreNotWell_whenTheyAreChecked_thenItSaysWhatToDo() throws IOException {
    var gone = OpenAiServer.always(Reply.text(""));
    gone.close();
    try (var server = OpenAiServer.start(ModelsCheckTest::able)) {
      var ran =
          check(
              Ansi.OFF,
              model("main", server, "gpt-4.1-mini", KEY),
              model("wrong-key", server, "gpt-4.1-mini", "sk-wrong-0123"),
              model("no-model", server, "gpt-9", KEY),
              model("gone", gone, "m", KEY));
      assertEquals(
          new Ran(
              1,
              """
              gone       openai  m             unreachable
                         the server cannot be reached (ConnectException): see that it runs,
                         and check base-url
              main       openai  gpt-4.1-mini  ok      N ms  tools, JSON, streaming
              no-model   openai  gpt-9         refused-404
                         the server has no such model (404 model_not_found): check model and
                         base-url
              wrong-key  openai  gpt-4.1-mini  refused-401
                         the server refused the key (401 invalid_api_key): check key

              1 of 4 models are well.
              """,
              ""),
          ran);
      assertTrue(ran.out.lines().allMatch(line -> line.length() <= 80), ran.out);
      assertFalse(ran.out.contains("sk-"), ran.out);
    }
  }

  @Test
  void givenATerminalWithColours_whenModelsAreChecked_thenOnlyTheVerdictIsColoured()
      throws IOException {
    try (var server = OpenAiServer.start(ModelsCheckTest::able)) {
      var ran =
          check(
              Ansi.ON,
              model("main", server, "talks-only", KEY),
              model("other", server, "gpt-9", KEY));
      assertEquals(
          """
          main   openai  talks-only  \u001b[32mok\u001b[39m\u001b[0m      N ms  \u001b[33mno tools\u001b[39m\u001b[0m, streaming
          other  openai  gpt-9       \u001b[31mrefused-404\u001b[39m\u001b[0m
          """,
          ran.out.lines().limit(2).map(line -> line + "\n").reduce("", String::concat));
    }
  }

  @Test
  void givenLongNames_whenModelsAreChecked_thenALineIsStillNoWiderThanATerminal()
      throws IOException {
    try (var server = OpenAiServer.start(ModelsCheckTest::able)) {
      var name = "a-name-as-long-as-can-be";
      var ran = check(Ansi.OFF, model(name, server, "gpt-" + "x".repeat(100), KEY));
      assertEquals(0, ran.status, ran.err);
      assertTrue(ran.out.lines().allMatch(line -> line.length() <= 80), ran.out);
      assertTrue(ran.out.contains("…"), ran.out);
    }
  }

  @Test
  void givenNoModel_whenModelsAreChecked_thenItSaysHowToConfigureOne() throws IOException {
    assertEquals(
        new Ran(
            1,
            "",
            "baton: no model is configured; put one into baton.conf, such as models.main { provider"
                + " = openai, model = gpt-4.1-mini, key = ${OPENAI_API_KEY} }; see"
                + " docs/models.md\n"),
        check(Ansi.OFF, ""));
  }

  @Test
  void givenSettingsThatCannotBe_whenModelsAreChecked_thenThatIsOneLine() throws IOException {
    var ran = check(Ansi.OFF, "models.main { provider = acme, model = a1 }");
    assertEquals(1, ran.status);
    assertTrue(ran.err.startsWith("baton: models.main.provider = acme: there is no such"), ran.err);
    assertEquals(1, ran.err.lines().count());
  }

  private static Reply able(Asked asked) {
    if (!asked.key().orElse("").equals(KEY)) return refusal(401, "invalid_api_key");
    if (asked.model().equals("gpt-9")) return refusal(404, "model_not_found");
    if (asked.model().equals("talks-only")) return talking(asked);
    if (asked.tools().contains("note")) return Reply.call("note", "{\"word\": \"ok\"}");
    return asked.body().has("response_format")
        ? Reply.text("{\"word\": \"ok\"}")
        : Reply.text("ok");
  }

  private static Reply talking(Asked asked) {
    return asked.tools().isEmpty() ? Reply.text("ok") : refusal(400, "tools_not_supported");
  }

  private static Reply refusal(int status, String code) {
    return new Reply.Status(status, code, Map.of());
  }

  private static String model(String name, OpenAiServer server, String model, String key) {
    return "models.%s { provider = openai, base-url = \"%s\", model = \"%s\", key = %s }\n"
        .formatted(name, server.url(), model, key);
  }

  private Ran check(Ansi ansi, String... models) throws IOException {
    var file = Files.writeString(folder.resolve("baton.conf"), String.join("", models));
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        Commands.line()
            .setColorScheme(Help.defaultColorScheme(ansi))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("models", "check", "--config", file.toString());
    return new Ran(status, out.toString().replaceAll(" +[0-9,]+ ms", "      N ms"), err.toString());
  }
}
