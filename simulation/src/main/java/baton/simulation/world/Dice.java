package baton.simulation.world;

import java.util.List;
import java.util.SplittableRandom;

/// Chance with a seed: the same seed always throws the same.
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  boolean perMille(int of) {
    return random.nextInt(1_000) < of;
  }

  /// From 0, without `bound` itself.
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  @SafeVarargs
  final <T> T oneOf(T... items) {
    return items[random.nextInt(items.length)];
  }

  <T> T oneOf(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
