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
import java.util.Set;
import java.util.TreeSet;
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
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  @Test
  void thereAreThirty() throws IOException {
    assertTrue(scripts().size() >= 30);
  }

  /// The rules that were taken on some journey, as `role.rule`.
  static Set<String> rules() throws IOException {
    var rules = new TreeSet<String>();
    for (var file : scripts()) {
      var lines = Files.readAllLines(file);
      var journey = journey(lines);
      journey.play(script(lines));
      rules.addAll(journey.rules());
    }
    return rules;
  }

  private static void compare(Path file) throws IOException {
    var lines = Files.readAllLines(file);
    var played = journey(lines).play(script(lines));
    if (Boolean.getBoolean("rewrite")) Files.writeString(file, played);
    assertEquals(Files.readString(file), played);
  }

  private static Journey journey(List<String> lines) {
    return new Journey(lines.contains(OUTBOUND_LINE) ? OUTBOUND : INBOUND, INTERPRETER);
  }

  private static List<String> script(List<String> lines) {
    return lines.stream().filter(line -> !line.isBlank() && !line.startsWith("  ")).toList();
  }

  private static List<Path> scripts() throws IOException {
    try (var files = Files.list(SCRIPTS)) {
      return files.sorted().toList();
    }
  }
}
