package baton.handoff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Chance with a seed: the same seed always throws the same.
public final class Dice {
  private final SplittableRandom random;

  public Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  public boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /// From 0, without `bound` itself.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  public int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  @SafeVarargs
  public final <T> T oneOf(T... items) {
    return items[random.nextInt(items.length)];
  }

  public <T> T oneOf(Collection<T> items) {
    var list = List.copyOf(items instanceof Set<T> set ? new ArrayList<>(set) : items);
    return list.get(random.nextInt(list.size()));
  }

  /// Each item with this chance, in order.
  public Set<String> some(int percent, String... items) {
    var chosen = new LinkedHashSet<String>();
    for (var item : items) if (chance(percent)) chosen.add(item);
    return new TreeSet<>(chosen);
  }
}
