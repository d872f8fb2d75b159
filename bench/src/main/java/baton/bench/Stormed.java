package baton.bench;

import baton.bench.load.Storm;
import baton.bench.load.Watch;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import java.util.ArrayList;
import java.util.List;

/// What became of a storm.
///
/// @param watch who looked after the engine meanwhile
/// @param lost messages that were accepted and are in no journal
/// @param runs whether the engine still does
record Stormed(Storm storm, Watch watch, long lost, boolean runs) {
  private static final int WATCHED_MAX_MS = 1_000;

  List<Figure> figures() {
    return List.of(
        Figure.of("offered", storm.offeredPerSecond(), "messages/s"),
        Figure.of("accepted", storm.acceptedPerSecond(), "messages/s"),
        Figure.of("accepted within, p50", storm.times().below(500), "ms"),
        Figure.of("accepted within, p99", storm.times().below(990), "ms"),
        Figure.of(Measure.OVERLOAD_LOST, "accepted and lost", lost),
        Figure.of("refused with 429", storm.tooMany(), "messages"),
        Figure.of("refused with 503", storm.busy(), "messages"),
        Figure.of("of them without Retry-After", storm.silent(), "messages"),
        Figure.of("failed otherwise", failed(), "messages"),
        Figure.of("slowest /health/live", watch.probeMs(), "ms"),
        Figure.of("slowest /metrics", watch.metricsMs(), "ms"),
        Figure.of("slowest pause", watch.pauseMs(), "ms"),
        Figure.of("heap at its peak", watch.heapMiB(), "MiB"));
  }

  private long failed() {
    return storm.failures().values().stream().mapToLong(count -> count.sum()).sum();
  }

  /// What must not be, in words.
  List<String> wrong() {
    var wrong = new ArrayList<String>();
    if (!runs) wrong.add("the engine is gone");
    if (lost > 0) wrong.add(lost + " messages were accepted and are in no journal");
    if (storm.silent() > 0) {
      wrong.add(storm.silent() + " messages were refused without Retry-After");
    }
    storm.failures().forEach((how, count) -> wrong.add(count + " messages failed: " + how));
    if (watch.probeMs() > WATCHED_MAX_MS) wrong.add("/health/live took longer than 1 s");
    if (watch.metricsMs() > WATCHED_MAX_MS) wrong.add("/metrics took longer than 1 s");
    if (watch.pauseMs() > WATCHED_MAX_MS) wrong.add("a pause took longer than 1 s");
    wrong.addAll(watch.failures());
    return wrong;
  }
}
