package baton.simulation.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What docs/agents.md shows is what the example has, which is built and tested by itself.
class AgentsGuideTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLE = ROOT.resolve("examples/qualification");
  private static final Pattern CODE = Pattern.compile("```(?:java|yaml)\n(.*?)```", Pattern.DOTALL);

  @Test
  void eachPieceOfCodeIsInTheExample() throws IOException {
    var page = Files.readString(ROOT.resolve("docs/agents.md"));
    var example = new StringBuilder();
    for (var file :
        Stream.of(
                "qualification.yaml",
                "src/main/java/acme/Qualification.java",
                "src/test/java/acme/QualificationTest.java")
            .toList()) {
      example.append(Files.readString(EXAMPLE.resolve(file)));
    }
    var pieces = CODE.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
    assertEquals(5, pieces.size());
    for (var piece : pieces) assertTrue(example.toString().contains(piece), piece);
  }
}
