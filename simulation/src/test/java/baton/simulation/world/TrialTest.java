package baton.simulation.world;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import baton.simulation.check.Checkers;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final PolicyDocument SAMPLE = PolicyCompiler.sample("inbound-trial").orThrow();
  private static final long SEEDS = Long.getLong("seeds", 200);
  private static final long STEPS = 1_000;

  @Test
  void everyInvariantHolds() {
    long steps = 0;
    long begun = System.nanoTime();
    for (long seed = Long.getLong("seed", 1); seed <= SEEDS; seed++) {
      try {
        steps += new Trial(seed, List.of(SAMPLE), new Checkers()).run(STEPS);
      } catch (RuntimeException | AssertionError broken) {
        throw new AssertionError("seed " + seed + ": " + broken, broken);
      }
    }
    System.out.printf("%,d steps, %,.0f/s%n", steps, steps * 1e9 / (System.nanoTime() - begun));
  }
}
