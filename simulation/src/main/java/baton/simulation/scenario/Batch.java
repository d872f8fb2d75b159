package baton.simulation.scenario;

import baton.handoff.policy.PolicyDocument;
import baton.simulation.Played;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/// Many conversations over some scenarios, each in a simulation of its own. First each scenario is
/// played once; then those that vary take turns. Conversation k of a seed is always the same,
/// however many are played.
public final class Batch {
  public static final int CONVERSATIONS_MAX = 1_000_000;

  /// How often a scenario that varies is played where nobody says how often.
  private static final int VARIED = 100;

  private final PolicyDocument policy;
  private final List<Scenario> scenarios;
  private final List<Scenario> varying;
  private final long seed;

  /// @param scenarios at least one, no two of one name
  public Batch(PolicyDocument policy, List<Scenario> scenarios, long seed) {
    this.policy = policy;
    this.scenarios = List.copyOf(scenarios);
    this.varying = scenarios.stream().filter(Scenario::varies).toList();
    this.seed = seed;
  }

  /// How many are played where nobody says how many.
  public int usual() {
    return scenarios.size() + varying.size() * (VARIED - 1);
  }

  /// How many of so many there are: what does not vary is played once.
  public int of(int conversations) {
    return varying.isEmpty() ? scenarios.size() : Math.max(conversations, scenarios.size());
  }

  /// @param each is given every conversation, in order
  public Results play(int conversations, Consumer<Played> each) {
    var results = new Results(scenarios);
    var chance = (SplittableGenerator) RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int number = 1; number <= of(conversations); number++) {
      var scenario = scenario(number);
      var draw = new Draw(scenario.traits(), chance.split());
      var shown = Performance.play(scenario, policy, draw, number);
      results.add(scenario, shown);
      each.accept(shown.played());
    }
    return results;
  }

  private Scenario scenario(int number) {
    return number <= scenarios.size()
        ? scenarios.get(number - 1)
        : varying.get((number - 1 - scenarios.size()) % varying.size());
  }
}
