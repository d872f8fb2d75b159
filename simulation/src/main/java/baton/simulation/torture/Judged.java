package baton.simulation.torture;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// What came of a stretch.
///
/// @param faulty how long faults went on
/// @param storms as they came
/// @param acknowledged messages that the engine said it has
/// @param repeated requests that were sent again
/// @param effects claims that are confirmed
/// @param restMillis how long after the last fault everything was at rest; empty where it never was
/// @param violations each in a line
record Judged(
    long seed,
    Duration faulty,
    List<Weathered> storms,
    long conversations,
    long acknowledged,
    long repeated,
    long claims,
    long effects,
    OptionalLong restMillis,
    List<String> violations) {

  /// @param backMillis from the end of its last fault until all nodes were ready
  record Weathered(Storm storm, long backMillis) {}

  Judged {
    storms = List.copyOf(storms);
    violations = List.copyOf(violations);
  }

  /// Of a stretch that cannot be judged, which is no better than a violation.
  static Judged not(long seed, String why) {
    return new Judged(
        seed, Duration.ZERO, List.of(), 0, 0, 0, 0, 0, OptionalLong.empty(), List.of(why));
  }

  int faults() {
    return storms.stream().mapToInt(each -> each.storm.faults().size()).sum();
  }
}
