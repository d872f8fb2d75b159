package baton.simulation.scenario;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Problems;
import baton.persistence.policy.ScenarioFile;
import baton.persistence.policy.Tree;
import baton.runtime.PolicyTests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Plays the scenarios that a policy brings, as often and with the chance that `./baton simulate`
/// would where nothing else is said.
public final class ScenarioTests implements PolicyTests {
  /// The seed where nobody names one.
  public static final long SEED = 1;

  @Override
  public List<Result> run(PolicyDocument policy) {
    var results = new ArrayList<Result>();
    var scenarios = new ArrayList<Scenario>();
    var names = new HashSet<String>();
    for (var tree : ScenarioFile.of(policy)) {
      var problems = new Problems();
      if (!names.add(name(tree))) {
        problems.add(tree.at(), "another scenario has this name: rename one of them");
      }
      var scenario = new ScenarioReader(policy, problems).read(tree);
      scenario.ifPresent(scenarios::add);
      if (scenario.isEmpty()) {
        results.add(new Result(name(tree), 0, problems.sorted("").getFirst().message()));
      }
    }
    if (!results.isEmpty() || scenarios.isEmpty()) return results;
    var batch = new Batch(policy, scenarios, SEED);
    Map<String, String> first = new HashMap<>();
    var all =
        batch.play(
            batch.usual(),
            played -> {
              if (!played.unmet().isEmpty()) {
                first.putIfAbsent(played.scenario(), played.unmet().getFirst());
              }
            });
    for (var line : all.lines()) {
      var name = line.scenario().name();
      var unmet = line.unmet().isEmpty() ? first.getOrDefault(name, "") : line.unmet().getFirst();
      results.add(new Result(name, line.played(), unmet));
    }
    return results;
  }

  private static String name(Tree scenario) {
    return scenario.text("scenario");
  }
}
