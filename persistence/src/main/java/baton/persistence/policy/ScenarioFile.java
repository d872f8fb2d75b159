package baton.persistence.policy;

import baton.handoff.policy.PolicyDocument;
import java.util.List;
import java.util.Optional;

/// The form of a scenario: what is read from a file of its own, or travels with a policy. What it
/// means, the simulator knows.
public final class ScenarioFile {
  private ScenarioFile() {}

  /// Reads a file, puts what it includes in place and holds it against the schema. Empty where it
  /// is no YAML at all.
  public static Optional<Tree> read(
      String file, String yaml, Includes includes, Problems problems) {
    if (PolicyCompiler.tooLarge(yaml)) {
      problems.add(YamlReader.top(file), "larger than 1 MiB: a scenario is text, not data");
      return Optional.empty();
    }
    var own = file.substring(file.lastIndexOf('/') + 1);
    var tree =
        YamlReader.read(file, yaml, problems)
            .map(read -> new Included(file, includes, problems).buyers(read, "", List.of(own)));
    tree.ifPresent(whole -> check(whole, problems));
    return tree;
  }

  /// Those that a policy brings.
  public static List<Tree> of(PolicyDocument policy) {
    return JsonReader.read("policy", policy.json(), new Problems())
        .map(document -> document.list("scenarios"))
        .orElse(List.of());
  }

  static void check(Tree scenario, Problems problems) {
    SchemaCheck.SCENARIO.check(scenario, problems);
  }
}
