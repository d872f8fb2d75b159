package baton.simulation.cli;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Problem;
import baton.persistence.policy.Problems;
import baton.persistence.policy.ScenarioFile;
import baton.simulation.scenario.Scenario;
import baton.simulation.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The scenarios that are to be played: the files that were named, else those that the policy
/// brings, else the samples.
record Named(List<Path> files) {
  /// Where the launcher says that the checkout is.
  private static final String HOME = "baton.home";

  /// @throws Unfit with a line for each mistake
  List<Scenario> scenarios(PolicyDocument document) throws Unfit {
    var problems = new Problems();
    var reader = new ScenarioReader(document, problems);
    var scenarios = new ArrayList<Scenario>();
    var brought = ScenarioFile.of(document);
    if (files.isEmpty() && !brought.isEmpty()) {
      brought.forEach(tree -> reader.read(tree).ifPresent(scenarios::add));
    } else {
      for (var file : files.isEmpty() ? samples() : files) {
        reader.read(file).ifPresent(scenarios::add);
      }
    }
    if (!problems.none()) {
      throw new Unfit(
          String.join("\n", problems.sorted("").stream().map(Problem::toString).toList()));
    }
    var names = new HashMap<String, Scenario>();
    for (var scenario : scenarios) {
      if (names.put(scenario.name(), scenario) != null) {
        throw new Unfit("baton: two scenarios are called \"" + scenario.name() + "\"; rename one");
      }
    }
    return scenarios;
  }

  private static List<Path> samples() throws Unfit {
    var folder = Path.of(System.getProperty(HOME, ""), "scenarios");
    try (var found = Files.list(folder)) {
      var files = found.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      if (!files.isEmpty()) return files;
    } catch (IOException none) {
      // said below
    }
    throw new Unfit("baton: there are no scenarios in " + folder + "; name their files");
  }
}
