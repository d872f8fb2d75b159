package baton.runtime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/configuration.md has every setting, and its defaults are those of the program.
class ConfigurationTest {
  private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z.-]+)` \\| .*");

  private final Page page = Page.of(ExamplesTest.root().resolve("docs/configuration.md"));

  @TempDir Path folder;

  @Test
  void theFileOfDefaultsIsWhatHoldsWithoutAFile() throws IOException {
    var defaults =
        page.blocks().stream().filter(block -> block.language().equals("conf")).findFirst();
    var file = Files.write(folder.resolve("baton.conf"), defaults.orElseThrow().lines());
    assertEquals(Settings.defaults(Path.of("data")), Settings.load(file));
  }

  @Test
  void everySettingHasARow() throws IOException {
    var file = Files.writeString(folder.resolve("baton.conf"), "none-such = 1");
    var refused = assertThrows(Settings.Invalid.class, () -> Settings.load(file)).getMessage();
    var known = refused.substring(refused.indexOf("known are ") + "known are ".length());
    var rows =
        page.lines().stream()
            .map(ROW::matcher)
            .filter(row -> row.matches())
            .map(row -> row.group(1))
            .toList();
    assertEquals(new TreeSet<>(List.of(known.split(", "))), new TreeSet<>(rows));
  }
}
