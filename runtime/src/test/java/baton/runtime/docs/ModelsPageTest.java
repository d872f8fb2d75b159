package baton.runtime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.Settings;
import baton.runtime.models.Failure;
import baton.runtime.models.ModelProvider;
import baton.runtime.models.Models;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The settings of docs/models.md are read, and its provider is compiled and asked.
class ModelsPageTest {
  private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{[A-Z_]+}");

  private final Page page = Page.of(ExamplesTest.root().resolve("docs/models.md"));

  @TempDir Path folder;

  @Test
  void allSettingsOfThePageAreRead() throws IOException {
    var names = new TreeSet<String>();
    for (var block : page.blocks()) {
      if (block.language().equals("conf")) names.addAll(settings(block.lines()).models().keySet());
    }
    assertEquals(new TreeSet<>(List.of("main", "large", "small", "own", "office")), names);
  }

  @Test
  void theProviderOfThePageIsCompiledFoundAndAsked() throws Exception {
    var source = Files.createDirectories(folder.resolve("acme")).resolve("Greeter.java");
    Files.write(source, blocks("java").getFirst());
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertEquals(0, status);
    var services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(ModelProvider.class.getName()), "acme.Greeter\n");
    var settings = settings(blocks("conf").getLast());
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        var models =
            Models.of(settings.models(), ServiceLoader.load(ModelProvider.class, loader))) {
      var model = models.named("main").orElseThrow();
      var hello = ChatRequest.builder().messages(UserMessage.from("Hello")).build();
      assertEquals("Good morning.", model.chat(hello).aiMessage().text());
    }
  }

  @Test
  void everyWordForWhatWentWrongIsExplained() {
    var text = String.join("\n", page.lines());
    var all =
        List.of(
            new Failure.Unreachable("IOException"),
            new Failure.Refused(401, ""),
            new Failure.Overloaded(429, "", Duration.ZERO),
            new Failure.TimedOut(),
            new Failure.Malformed("JsonParseException"),
            new Failure.TooLarge(1),
            new Failure.Declined(),
            new Failure.Busy(1),
            new Failure.Resting(),
            new Failure.Cancelled());
    assertEquals(Failure.class.getPermittedSubclasses().length, all.size());
    for (var failure : all) {
      assertTrue(text.contains("| `" + failure.code() + "`"), failure.code());
      boolean again = text.matches("(?s).*\\| `" + failure.code() + "`[^\n]*\\| yes \\|.*");
      assertEquals(failure.passing(), again, failure.code());
    }
  }

  private List<List<String>> blocks(String language) {
    return page.blocks().stream()
        .filter(block -> block.language().equals(language))
        .map(Page.Block::lines)
        .toList();
  }

  private Settings settings(List<String> lines) throws IOException {
    var text = ENVIRONMENT.matcher(String.join("\n", lines)).replaceAll("sk-0123456789");
    return Settings.load(Files.writeString(folder.resolve("baton.conf"), text));
  }
}
