package baton.runtime.http;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What is counted, in Prometheus' text format. Labels are routes, states and verdicts, never ids.
final class Meter {
  private final LongSupplier nanos;
  private final long startedAt;
  private final Supplier<List<Series>> counted;
  private final ConcurrentSkipListMap<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final LongAdder streams = new LongAdder();

  /// @param counted what else is counted in this process
  Meter(LongSupplier nanos, Supplier<List<Series>> counted) {
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
    this.counted = counted;
  }

  void answered(String method, String route, int status) {
    String labels = "method=\"%s\",route=\"%s\",status=\"%d\"".formatted(method, route, status);
    requests.computeIfAbsent(labels, _ -> new LongAdder()).increment();
  }

  void streams(int change) {
    streams.add(change);
  }

  String text() {
    var out = new StringBuilder();
    head(out, "baton_uptime_seconds", "gauge", "Time since this process began to listen.");
    out.append("baton_uptime_seconds ")
        .append((nanos.getAsLong() - startedAt) / 1_000_000_000)
        .append('\n');
    head(out, "baton_http_requests_total", "counter", "Requests answered.");
    requests.forEach((labels, count) ->
        out.append("baton_http_requests_total{")
            .append(labels)
            .append("} ")
            .append(count.sum())
            .append('\n'));
    head(out, "baton_event_streams", "gauge", "Event streams that are open.");
    out.append("baton_event_streams ").append(streams.sum()).append('\n');
    for (var series : counted.get()) {
      head(out, series.name(), "counter", series.help());
      series
          .counts()
          .forEach(
              (labels, count) -> out.append("%s{%s} %d\n".formatted(series.name(), labels, count)));
    }
    return out.toString();
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
