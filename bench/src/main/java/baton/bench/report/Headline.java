package baton.bench.report;

import java.util.List;
import java.util.Optional;

/// All results in one line.
final class Headline {
  private Headline() {}

  static String of(List<Result> results) {
    var held =
        results.stream()
            .flatMap(result -> result.figures().stream())
            .map(Figure::standing)
            .flatMap(Optional::stream)
            .toList();
    long wrong = results.stream().filter(result -> !result.wrong().isEmpty()).count();
    if (wrong > 0) {
      return "%d of %d measurements did not go as they should, and mean nothing"
          .formatted(wrong, results.size());
    }
    if (held.isEmpty()) return "Measured; nothing of it has a target";
    long must = held.stream().filter(standing -> standing != Measure.Standing.SHORT).count();
    long aim = held.stream().filter(standing -> standing == Measure.Standing.AIM).count();
    return "%d of %d targets reached, %d of them as we want it".formatted(must, held.size(), aim);
  }
}
