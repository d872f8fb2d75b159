package baton.simulation.torture;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What came of a run.
///
/// @param faults with how long everything took to be whole again afterwards, as they came
/// @param acknowledged messages that the engine said it has
/// @param repeated requests that were sent again
/// @param effects claims that are confirmed
/// @param rest how long after the last fault everything was at rest; empty where it never was
/// @param violations each in a line
record Result(
    Plan plan,
    List<Healed> faults,
    int conversations,
    int acknowledged,
    int repeated,
    long claims,
    long effects,
    OptionalLong restMillis,
    Duration took,
    List<String> violations) {

  /// @param backMillis from the end of the fault until all nodes were ready
  record Healed(Fault fault, long backMillis) {}

  /// @param backMillisMax the longest
  record Row(int count, long backMillisMax) {}

  /// Each kind of the plan, also those that did not come.
  Map<Fault.Kind, Row> byKind() {
    var rows = new EnumMap<Fault.Kind, Row>(Fault.Kind.class);
    for (var kind : plan.kinds()) rows.put(kind, new Row(0, 0));
    for (var each : faults) {
      rows.compute(
          each.fault.kind(),
          (_, row) -> new Row(row.count + 1, Math.max(row.backMillisMax, each.backMillis)));
    }
    return rows;
  }
}
