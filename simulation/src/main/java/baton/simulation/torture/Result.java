package baton.simulation.torture;

import baton.simulation.torture.Judged.Weathered;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// What came of a run: all stretches together.
///
/// @param stretches those that came about, fewer than planned where one could not go on
record Result(Plan plan, List<Judged> stretches, Duration took) {
  Result {
    stretches = List.copyOf(stretches);
  }

  /// @param backMillisMax the longest
  record Row(int count, long backMillisMax) {}

  /// Each kind of the plan, also those that did not come.
  Map<Fault.Kind, Row> byKind() {
    var rows = new EnumMap<Fault.Kind, Row>(Fault.Kind.class);
    for (var kind : plan.kinds()) rows.put(kind, new Row(0, 0));
    storms()
        .forEach(each -> {
          for (var fault : each.storm().faults()) {
            rows.compute(
                fault.kind(),
                (_, row) -> new Row(row.count + 1, Math.max(row.backMillisMax, each.backMillis())));
          }
        });
    return rows;
  }

  private Stream<Weathered> storms() {
    return stretches.stream().flatMap(stretch -> stretch.storms().stream());
  }

  long faults() {
    return sum(Judged::faults);
  }

  /// Faults that came while another lasted.
  long overlapping() {
    return storms().mapToLong(each -> each.storm().overlapping()).sum();
  }

  long sum(ToLongFunction<Judged> figure) {
    return stretches.stream().mapToLong(figure).sum();
  }

  /// The longest; empty where a stretch never came to rest.
  OptionalLong restMillis() {
    if (stretches.stream().anyMatch(stretch -> stretch.restMillis().isEmpty())) {
      return OptionalLong.empty();
    }
    return stretches.stream().mapToLong(each -> each.restMillis().getAsLong()).max();
  }

  /// Each in a line, with the seed of its stretch where there are several.
  List<String> violations() {
    return stretches.stream()
        .flatMap(stretch ->
            stretch.violations().stream()
                .map(line -> stretches.size() == 1 ? line : "seed " + stretch.seed() + ": " + line))
        .toList();
  }
}
