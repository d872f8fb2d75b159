package baton.simulation.torture;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What a run is to be.
///
/// @param seed of the first stretch; each further one has the next
/// @param faulty how long faults go on, over all stretches; healing and judging come after each
/// @param faultsMin so many come in a stretch even where that takes longer
/// @param readyMax how long after a storm every node has to be ready
/// @param kinds of faults, each once before any comes again
/// @param buyers who talk at a time
/// @param paceMillis how long each of them thinks before an answer
record Plan(
    long seed,
    int nodes,
    Duration faulty,
    int faultsMin,
    Duration readyMax,
    List<Fault.Kind> kinds,
    int buyers,
    int paceMillis) {
  private static final Duration STRETCH_MAX = Duration.ofMinutes(10);

  /// @param number from 1
  long seed(int number) {
    return seed + number - 1;
  }

  List<Fault.Kind> leftOut() {
    return Stream.of(Fault.Kind.values()).filter(kind -> !kinds.contains(kind)).toList();
  }

  /// How long the next stretch is, so that all are about as long.
  Duration stretch(Duration left) {
    return left.dividedBy(Math.max(1, Math.ceilDiv(left.toMillis(), STRETCH_MAX.toMillis())));
  }
}
