package baton.runtime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.runtime.docs.Page.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every example of the README and the guides does what the page shows, in the order of the pages.
/// `-Drewrite` writes down what it does now.
class ExamplesTest {
  /// docs/policy.md has a test of its own beside the compiler.
  private static final List<String> PAGES =
      List.of(
          "README.md",
          "docs/operating.md",
          "docs/configuration.md",
          "docs/models.md",
          "docs/api.md",
          "docs/cluster.md");

  @Test
  void givenAFreshFolder_whenAReaderFollowsThePages_thenEverythingIsAsShown() throws IOException {
    try (var tour = new Tour(root())) {
      for (var name : PAGES) {
        var page = Page.of(root().resolve(name));
        var lines = new ArrayList<>(page.lines());
        // From the last one on, so that numbers of lines stay right.
        var followed = new ArrayList<List<String>>();
        for (var block : page.blocks()) followed.add(follow(tour, page, block));
        for (int i = followed.size() - 1; i >= 0; i--) {
          var block = page.blocks().get(i);
          var old = lines.subList(block.first(), block.first() + block.lines().size());
          old.clear();
          old.addAll(followed.get(i));
        }
        if (Boolean.getBoolean("rewrite")) Files.write(page.file(), lines);
      }
    }
  }

  @Test
  void everyPageWithExamplesIsFollowed() throws IOException {
    try (var files = Files.walk(root().resolve("docs"))) {
      var withExamples =
          files
              .filter(file -> file.toString().endsWith(".md"))
              .filter(file ->
                  Page.of(file).blocks().stream()
                      .anyMatch(block -> block.language().equals("console")))
              .map(file -> root().relativize(file).toString())
              .collect(Collectors.toCollection(TreeSet::new));
      withExamples.add("README.md");
      assertEquals(new TreeSet<>(PAGES), withExamples);
    }
  }

  private static List<String> follow(Tour tour, Page page, Block block) {
    return switch (block.language()) {
      case "console" -> tour.follow(page, block);
      // A picture; settings and programs, which have tests of their own.
      case "text", "conf", "java", "sh" -> block.lines();
      default ->
          throw new AssertionError(
              page.place(block.first()) + ": nobody knows how to try an example of this kind");
    };
  }

  static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("baton"))) folder = folder.getParent();
    return folder;
  }
}
