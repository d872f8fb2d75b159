package baton.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every source file is laid out by google-java-format; `-Dformat=write` rewrites the others.
class FormatTest {
  private static final Formatter FORMATTER = new Formatter();

  @Test
  void everySourceFileIsFormatted() throws IOException {
    var write = "write".equals(System.getProperty("format"));
    var root = root();
    var unformatted = new ArrayList<String>();
    for (var file : sources(root)) {
      var source = Files.readString(file);
      var formatted = format(file, source);
      if (formatted.equals(source)) continue;
      if (write) Files.writeString(file, formatted);
      else unformatted.add(root.relativize(file).toString());
    }
    assertEquals(
        List.of(), unformatted, "unformatted; docs/contributing.md has the command that formats");
  }

  /// The folder that holds the launcher.
  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("baton"))) folder = folder.getParent();
    return folder;
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var modules = Files.list(root)) {
      var sources = new ArrayList<Path>();
      for (var folder : modules.map(module -> module.resolve("src")).toList()) {
        if (!Files.isDirectory(folder)) continue;
        try (var files = Files.walk(folder)) {
          files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
        }
      }
      return sources;
    }
  }

  /// What the formatter's own command line does: sort imports, drop unused ones, lay out.
  private static String format(Path file, String source) {
    try {
      return FORMATTER.formatSource(
          RemoveUnusedImports.removeUnusedImports(
              ImportOrderer.reorderImports(source, Style.GOOGLE)));
    } catch (FormatterException e) {
      throw new AssertionError(file + " does not parse", e);
    }
  }
}
