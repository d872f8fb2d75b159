package baton.runtime.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What is counted, in Prometheus' text format. Labels are routes, states and verdicts, never ids.
final class Meter {
  private final LongSupplier nanos;
  private final long startedAt;
  private final Supplier<Map<String, Long>> verdicts;
  private final ConcurrentSkipListMap<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final LongAdder streams = new LongAdder();

  /// @param verdicts decisions made by this process, by verdict
  Meter(LongSupplier nanos, Supplier<Map<String, Long>> verdicts) {
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
    this.verdicts = verdicts;
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
    head(out, "baton_decisions_total", "counter", "Decisions made by this process.");
    new TreeMap<>(verdicts.get())
        .forEach((verdict, count) ->
            out.append("baton_decisions_total{verdict=\"%s\"} %d\n".formatted(verdict, count)));
    return out.toString();
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
