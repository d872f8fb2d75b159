package baton.runtime.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.interpreter.LexiconInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Whole journeys in everyday language, with the kernel, the gate, the interpreter and the tools.
/// `-Drewrite=true` writes them anew; each is to be read as its buyer would.
class JourneysTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/baton/runtime/talk/journeys");

  private static final PolicyDocument INBOUND = PolicyCompiler.sample("inbound-trial").orThrow();
  private static final PolicyDocument OUTBOUND =
      PolicyCompiler.sample("outbound-appointments").orThrow();
  private static final String OUTBOUND_LINE = "! campaign outbound-appointments";
  private static final LexiconInterpreter INTERPRETER = new LexiconInterpreter(INBOUND.lexicon());

  @TestFactory
  Stream<DynamicTest> everyJourneyGoesAsItsTranscriptSays() throws IOException {
    return scripts().stream()
        .map(file ->
            DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  @Test
  void thereAreThirty() throws IOException {
    assertTrue(scripts().size() >= 30);
  }

  private static void compare(Path file) throws IOException {
    var lines = Files.readAllLines(file);
    var document = lines.contains(OUTBOUND_LINE) ? OUTBOUND : INBOUND;
    var script =
        lines.stream().filter(line -> !line.isBlank() && !line.startsWith("  ")).toList();
    var played = new Journey(document, INTERPRETER).play(script);
    if (Boolean.getBoolean("rewrite")) Files.writeString(file, played);
    assertEquals(Files.readString(file), played);
  }

  private static List<Path> scripts() throws IOException {
    try (var files = Files.list(SCRIPTS)) {
      return files.sorted().toList();
    }
  }
}
