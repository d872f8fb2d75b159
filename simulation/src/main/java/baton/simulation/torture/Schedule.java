package baton.simulation.torture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/// The faults of a seed, one after the other and without end: each kind comes once before any comes
/// again.
final class Schedule {
  private static final int CALM_MILLIS_MIN = 500;
  private static final int CALM_MILLIS_MAX = 4_000;

  private final SplittableRandom random;
  private final int nodes;
  private final List<Fault.Kind> kinds;
  private final Deque<Fault.Kind> round = new ArrayDeque<>();

  /// @param kinds those that are to come
  Schedule(long seed, int nodes, List<Fault.Kind> kinds) {
    this.random = new SplittableRandom(seed);
    this.nodes = nodes;
    this.kinds = List.copyOf(kinds);
  }

  Fault next() {
    if (round.isEmpty()) round.addAll(shuffled());
    var kind = round.remove();
    return new Fault(
        kind,
        kind.isOfOneNode() ? random.nextInt(1, nodes + 1) : 0,
        random.nextInt(kind.millisMin, kind.millisMax),
        random.nextInt(CALM_MILLIS_MIN, CALM_MILLIS_MAX));
  }

  private List<Fault.Kind> shuffled() {
    var rest = new ArrayList<>(kinds);
    var order = new ArrayList<Fault.Kind>();
    while (!rest.isEmpty()) order.add(rest.remove(random.nextInt(rest.size())));
    return order;
  }
}
