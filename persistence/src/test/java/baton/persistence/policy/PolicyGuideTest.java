package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Action;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example in the guide for policy authors is what it says it is.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyGuideTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z ]+)\n(.*?)^```$");
  private static final Pattern SECTION = Pattern.compile("(?m)^([a-z]+):");

  private String guide;
  private final List<Block> blocks = new ArrayList<>();

  private record Block(String kind, String text) {}

  @BeforeAll
  void read() throws IOException {
    guide = Files.readString(Path.of("..", "docs", "policy.md"));
    var matcher = BLOCK.matcher(guide);
    while (matcher.find()) blocks.add(new Block(matcher.group(1), matcher.group(2)));
  }

  private List<String> texts(String kind) {
    return blocks.stream().filter(block -> block.kind.equals(kind)).map(Block::text).toList();
  }

  @Test
  void theGuideShowsTheSmallestDocumentAndItsReport() {
    assertEquals(Smallest.YAML, texts("yaml").getFirst());
    assertEquals(List.of(PolicyReport.of(Smallest.compile(Smallest.YAML))), texts("text report"));
  }

  @ParameterizedTest
  @MethodSource
  void anExampleIsASectionOfTheSmallestDocument(String section) {
    var whole = put(section);
    var filled = section.startsWith("models:") ? Smallest.filledByAModel(whole) : whole;
    assertEquals(List.of(), Smallest.problems(filled));
  }

  Stream<String> anExampleIsASectionOfTheSmallestDocument() {
    var examples = texts("yaml").stream().skip(1).toList();
    assertTrue(examples.size() >= 10, () -> examples.size() + " examples");
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource
  void anExampleOfAConditionCompiles(String condition) {
    assertEquals(Optional.empty(), CelConditions.problem(condition));
  }

  Stream<String> anExampleOfAConditionCompiles() {
    return texts("cel").getFirst().lines();
  }

  @Test
  void theExampleOfAWrongSectionGivesTheProblemsThatFollowIt() {
    var wrong = texts("yaml wrong").getFirst();
    var yaml = put(wrong);
    long before = yaml.substring(0, yaml.length() - wrong.length()).lines().count();
    var problems =
        switch (PolicyCompiler.compile("policy.yaml", yaml, Includes.none())) {
          case Compilation.Compiled _ -> List.<Problem>of();
          case Compilation.Invalid(var found) -> found;
        };
    var shown =
        problems.stream()
            .map(p -> new Problem(p.file(), (int) (p.line() - before), p.column(), p.message()))
            .map(Problem::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    assertEquals(texts("text"), List.of(shown));
  }

  /// The smallest document with the sections of an example in the place of its own.
  private static String put(String example) {
    var yaml = Smallest.YAML;
    var matcher = SECTION.matcher(example);
    while (matcher.find()) {
      yaml = yaml.replaceFirst("(?m)^" + matcher.group(1) + ":.*\n(([ ].*)?\n)*", "");
    }
    return yaml + example;
  }

  @Test
  void theGuideNamesEveryActionEveryEngineLineAndEveryKey() throws IOException {
    var names = new TreeSet<>(Action.KINDS);
    names.addAll(LineMeaning.ENGINE_LINES.keySet());
    keys(new ObjectMapper().readTree(SchemaCheck.POLICY.text), names);
    var missing =
        names.stream()
            .filter(name -> !guide.contains("`" + name + "`") && !guide.contains(name + ":"))
            .toList();
    assertEquals(List.of(), missing);
  }

  private static void keys(JsonNode schema, TreeSet<String> names) {
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    for (var member : schema.properties()) keys(member.getValue(), names);
  }
}
