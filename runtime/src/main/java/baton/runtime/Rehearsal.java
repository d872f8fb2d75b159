package baton.runtime;

import baton.agents.PlaybookAgent;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.ScenarioFile;
import baton.runtime.interpreter.LexiconInterpreter;
import baton.runtime.models.Guardrails;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// Whether a valid policy can be put to work: its lexicon read, its playbooks played, its agents
/// there, and the scenarios that it brings gone through as expected. The compiler knows neither
/// interpreter nor agents.
public final class Rehearsal {
  private Rehearsal() {}

  /// What is wrong, in one line, or empty.
  public static Optional<String> wrong(PolicyDocument document) {
    return unplayable(document).or(() -> unmet(scenarios(document)));
  }

  /// What is wrong with its lexicon, its playbooks or its agents, in one line, or empty.
  public static Optional<String> unplayable(PolicyDocument document) {
    try {
      new LexiconInterpreter(document.lexicon());
    } catch (IllegalArgumentException unreadable) {
      return Optional.of("lexicon: " + unreadable.getMessage());
    }
    try {
      document.playbooks().values().forEach(PlaybookAgent::new);
      return unfilled(document);
    } catch (IllegalArgumentException unplayable) {
      return Optional.of(unplayable.getMessage());
    }
  }

  /// Which agent or guardrail of it is not here, in one line, or empty.
  static Optional<String> unfilled(PolicyDocument document) {
    return PluggedAgents.onClassPath()
        .missing(document)
        .or(() -> Guardrails.onClassPath().missing(document));
  }

  /// Plays the scenarios of a policy that is otherwise fit. Where nothing is there to play them,
  /// none is met.
  public static List<PolicyTests.Result> scenarios(PolicyDocument document) {
    var brought = ScenarioFile.of(document);
    if (brought.isEmpty()) return List.of();
    return ServiceLoader.load(PolicyTests.class)
        .findFirst()
        .map(tests -> tests.run(document))
        .orElseGet(() ->
            brought.stream()
                .map(scenario ->
                    new PolicyTests.Result(
                        scenario.text("scenario"),
                        0,
                        "nothing here can play it; put Baton's simulation module on the class"
                            + " path, as ./baton does"))
                .toList());
  }

  /// The first that is not met, in one line, or empty.
  public static Optional<String> unmet(List<PolicyTests.Result> results) {
    return results.stream()
        .filter(result -> !result.met())
        .findFirst()
        .map(result -> "scenario \"" + result.scenario() + "\": " + result.unmet());
  }
}
