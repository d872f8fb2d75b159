package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a document holds, the compiler answers: with a policy that can be stored and read
/// again, or with problems that each have a line.
class HostileDocumentsTest {
  private static final String SIGNS = ":-[]{}'\"#&*!|>%@`, \t\n0aZ\\é\u0000~";
  private static final List<String> VALUES =
      List.of("null", "[]", "{}", "1", "\"x\"", "", "true", "1e9", "[[[[");

  @Test
  void garbledYamlIsAnsweredWithAPolicyOrWithProblems() {
    var random = new Random(7);
    int compiled = 0;
    for (int round = 0; round < 500; round++) {
      var yaml = round % 2 == 0 ? otherSigns(random) : otherLines(random);
      if (isAnswered(Smallest.compile(yaml))) compiled++;
    }
    assertTrue(compiled > 10 && compiled < 490, compiled + " compiled");
  }

  @Test
  void aGarbledStoredFormIsAnsweredWithAPolicyOrWithProblems() {
    var random = new Random(11);
    var json = Smallest.compile(Smallest.YAML).orThrow().json();
    for (int round = 0; round < 300; round++) {
      int from = random.nextInt(json.length());
      int to = Math.min(json.length(), from + random.nextInt(30));
      var value = VALUES.get(random.nextInt(VALUES.size()));
      isAnswered(PolicyCompiler.fromJson(json.substring(0, from) + value + json.substring(to)));
    }
  }

  private static boolean isAnswered(Compilation compilation) {
    switch (compilation) {
      case Compilation.Compiled(var document) ->
          assertEquals(document, PolicyCompiler.fromJson(document.json()).orThrow());
      case Compilation.Invalid(var problems) -> {
        assertFalse(problems.isEmpty());
        for (var problem : problems) {
          assertTrue(problem.line() > 0 && problem.column() > 0, problem.toString());
          assertFalse(problem.message().contains("\n"), problem.toString());
        }
      }
    }
    return compilation instanceof Compilation.Compiled;
  }

  private static String otherSigns(Random random) {
    var yaml = new StringBuilder(Smallest.YAML);
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(yaml.length());
      char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
      if (random.nextBoolean()) yaml.setCharAt(at, sign);
      else yaml.insert(at, sign);
    }
    return yaml.toString();
  }

  private static String otherLines(Random random) {
    var lines = new ArrayList<>(Smallest.YAML.lines().toList());
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(lines.size());
      if (random.nextBoolean()) lines.remove(at);
      else lines.add(random.nextInt(lines.size()), lines.get(at));
    }
    return String.join("\n", lines);
  }
}
