package baton.runtime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The servers of docs/tools.md are read, and the example that it names stands where it says.
class ToolsPageTest {
  private final Page page = Page.of(ExamplesTest.root().resolve("docs/tools.md"));

  @TempDir Path folder;

  @Test
  void theServersOfThePageAreRead() throws IOException {
    var servers =
        page.blocks().stream()
            .filter(block -> block.language().equals("conf"))
            .map(block -> String.join("\n", block.lines()))
            .filter(text -> text.startsWith("servers"))
            .toList();
    assertEquals(1, servers.size());
    var text = servers.getFirst().replaceAll("\\$\\{[A-Z_]+}", "0123456789");
    var file = Files.writeString(folder.resolve("baton.conf"), text);
    assertEquals(Set.of("warehouse", "search", "carrier"), Settings.load(file).servers().keySet());
  }

  @Test
  void everyWordForWhatWentWrongIsExplained() {
    var text = String.join("\n", page.lines());
    for (var word :
        List.of(
            "no-such-server",
            "unreachable",
            "busy",
            "resting",
            "tool-changed",
            "bad-arguments",
            "erased",
            "refused-by-tool",
            "refused-401",
            "answered-500",
            "timed-out",
            "broken",
            "too-large",
            "bad-answer",
            "no-look-up")) {
      assertTrue(text.contains("`" + word + "`"), word);
    }
  }
}
