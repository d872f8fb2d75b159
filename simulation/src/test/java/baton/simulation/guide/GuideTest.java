package baton.simulation.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.simulation.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A newcomer follows docs/testing.md: the test fails as the page shows, and passes once the policy
/// is changed as the page says.
class GuideTest {
  private static final Path SOURCE =
      Path.of("src/test/java/baton/simulation/guide/TenPercent.java");
  private static final Path POLICIES = Path.of("../policies");

  @TempDir private Path folder;

  @Test
  void theTestOnThePageIsTheOneThatIsRun() throws IOException {
    var page = block("java");
    var body =
        Files.readAllLines(SOURCE).stream()
            .dropWhile(line -> !line.contains("Simulation.of("))
            .skip(1)
            .takeWhile(line -> !line.equals("  }"))
            .toList();
    assertTrue(page.size() > body.size(), "the page has a test");
    int begins = page.indexOf(body.getFirst());
    assertEquals(body, page.subList(begins, begins + body.size()));
  }

  @Test
  void itFailsFirstAndSaysWhatHappened() throws IOException {
    var failure =
        assertThrows(
            AssertionError.class,
            () -> TenPercent.tenPercentTakesSomebodysYes(POLICIES.resolve("inbound-trial.yaml")));
    var shown = block("text");
    var lines = failure.getMessage().lines().toList();
    assertEquals(shown, lines.subList(0, shown.size()));
  }

  @Test
  void itPassesOnceThePolicyIsChanged() throws IOException {
    var changes = block("diff");
    var policy = Files.readString(POLICIES.resolve("inbound-trial.yaml"));
    for (int i = 0; i < changes.size(); i++) {
      if (!changes.get(i).startsWith("-")) continue;
      var old = context(changes, i).orElse("") + changes.get(i).substring(1) + "\n";
      var changed = context(changes, i).orElse("") + changes.get(i + 1).substring(1) + "\n";
      assertTrue(policy.contains(old), "the policy has\n" + old);
      policy = policy.replace(old, changed);
    }
    PolicyFiles.copy(POLICIES, folder);
    var own = Files.writeString(folder.resolve("inbound-trial.yaml"), policy);
    TenPercent.tenPercentTakesSomebodysYes(own);
  }

  /// The line before a change, so that it is the right place.
  private static Optional<String> context(List<String> lines, int at) {
    return at > 0 && lines.get(at - 1).startsWith(" ")
        ? Optional.of(lines.get(at - 1).substring(1) + "\n")
        : Optional.empty();
  }

  /// The first block of a kind on the page.
  private static List<String> block(String kind) throws IOException {
    return Files.readAllLines(Path.of("../docs/testing.md")).stream()
        .dropWhile(line -> !line.equals("```" + kind))
        .skip(1)
        .takeWhile(line -> !line.equals("```"))
        .toList();
  }
}
