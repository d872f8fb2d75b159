package baton.simulation.torture;

import java.util.List;
import java.util.stream.Collectors;

/// Faults of which one may come while others last; when all are over, everything has to be whole
/// again.
///
/// @param faults in the order in which they come
/// @param calmMillis how long nothing is done after it
record Storm(List<Fault> faults, int calmMillis) {
  Storm {
    faults = List.copyOf(faults);
  }

  /// Those that came while another lasted.
  long overlapping() {
    return faults.stream()
        .filter(fault -> faults.stream().anyMatch(other -> other != fault && other.overlaps(fault)))
        .count();
  }

  /// `node 2 · node killed, 0.2 s; node 1 · way to the others cut, 2.6 s`
  @Override
  public String toString() {
    return faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
  }
}
