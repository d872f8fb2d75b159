package baton.runtime.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/// Makes meters, and writes all of them in Prometheus' text format. Where labels are the constants
/// of an enum, there is a meter for each from the start, at 0.
final class Meters {
  /// Bounds of the histograms: what is asked of an engine lies between 1 ms and half a minute.
  private static final Duration[] BOUNDS =
      LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  MeterProvider<Counter> counter(String name, String help) {
    return Counter.builder(name).description(help).withRegistry(registry);
  }

  MeterProvider<Timer> timer(String name, String help) {
    return Timer.builder(name)
        .description(help)
        .serviceLevelObjectives(BOUNDS)
        .withRegistry(registry);
  }

  MeterProvider<DistributionSummary> size(String name, String help) {
    return DistributionSummary.builder(name).description(help).withRegistry(registry);
  }

  <E extends Enum<E>, M extends Meter> Map<E, M> each(
      MeterProvider<M> meters, String label, Class<E> of) {
    var each = new EnumMap<E, M>(of);
    for (var constant : of.getEnumConstants()) {
      each.put(constant, meters.withTags(label, Labels.word(constant)));
    }
    return each;
  }

  void gauge(String name, String help, Supplier<Number> value, String... tags) {
    Gauge.builder(name, value).description(help).tags(tags).register(registry);
  }

  /// How much of something there is now.
  LongAdder level(String name, String help) {
    var level = new LongAdder();
    gauge(name, help, level::sum);
    return level;
  }

  void bind(MeterBinder binder) {
    binder.bindTo(registry);
  }

  String text() {
    return registry.scrape();
  }

  void close() {
    registry.close();
  }
}
