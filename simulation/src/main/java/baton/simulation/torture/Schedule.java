package baton.simulation.torture;

import baton.simulation.torture.Fault.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The faults of a seed, in storms and without end: in each round every kind comes once, in an
/// order of its own. Those that take long come in one round of [#RARE_EVERY].
final class Schedule {
  private static final int AT_A_TIME_MAX = 8;
  private static final int RARE_EVERY = 3;
  private static final int AFTER_MILLIS_MAX = 3_000;
  private static final int CALM_MILLIS_MIN = 200;
  private static final int CALM_MILLIS_MAX = 1_500;

  private final SplittableRandom random;
  private final int nodes;
  private final List<Fault.Kind> kinds;
  private final Deque<Fault.Kind> round = new ArrayDeque<>();
  private int rounds;

  /// @param kinds those that are to come
  Schedule(long seed, int nodes, List<Fault.Kind> kinds) {
    this.random = new SplittableRandom(seed);
    this.nodes = nodes;
    this.kinds = List.copyOf(kinds);
  }

  /// Its faults hit different things; one that is about all comes alone.
  Storm next() {
    if (round.isEmpty()) round.addAll(shuffled());
    var faults = new ArrayList<Fault>();
    int most = random.nextInt(1, AT_A_TIME_MAX + 1);
    while (faults.size() < most) {
      var fitting = round.stream().filter(kind -> !spared(kind.target, faults).isEmpty());
      var kind = fitting.findFirst();
      if (kind.isEmpty()) break;
      round.remove(kind.get());
      faults.add(fault(kind.get(), faults));
    }
    faults.sort(Comparator.comparing(Fault::afterMillis));
    return new Storm(faults, random.nextInt(CALM_MILLIS_MIN, CALM_MILLIS_MAX));
  }

  /// The nodes of which none of the faults hits the target, 0 for all of them.
  private List<Integer> spared(Target target, List<Fault> faults) {
    if (faults.stream().anyMatch(fault -> fault.kind().target == Target.ALL)) return List.of();
    var numbers =
        switch (target) {
          case ALL -> faults.isEmpty() ? IntStream.of(0) : IntStream.empty();
          case DATABASE -> IntStream.of(0);
          case NODE, WAY_TO_DATABASE, WAY_TO_OTHERS -> IntStream.rangeClosed(1, nodes);
        };
    return numbers
        .filter(node ->
            faults.stream()
                .noneMatch(fault -> fault.kind().target == target && fault.node() == node))
        .boxed()
        .toList();
  }

  private Fault fault(Fault.Kind kind, List<Fault> before) {
    var nodes = spared(kind.target, before);
    int after = before.isEmpty() ? 0 : random.nextInt(AFTER_MILLIS_MAX);
    // Short ones come more often: each factor is as likely as the next.
    double span = (double) kind.millisMax / kind.millisMin;
    return new Fault(
        kind,
        nodes.get(random.nextInt(nodes.size())),
        after,
        (int) (kind.millisMin * Math.pow(span, random.nextDouble())));
  }

  private List<Fault.Kind> shuffled() {
    var rest = new ArrayList<>(kinds);
    if (rounds++ % RARE_EVERY != 0) rest.removeIf(Fault.Kind::isRare);
    var order = new ArrayList<Fault.Kind>();
    while (!rest.isEmpty()) order.add(rest.remove(random.nextInt(rest.size())));
    return order;
  }
}
