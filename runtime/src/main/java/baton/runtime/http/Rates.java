package baton.runtime.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A token bucket for each key. Keys that have not been seen for longest are forgotten first.
public final class Rates {
  private static final int KEYS_MAX = 10_000;

  private record Bucket(double left, long at) {}

  private final HttpSettings.Rate rate;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > KEYS_MAX;
        }
      };

  /// @param nanos a clock that never goes back
  public Rates(HttpSettings.Rate rate, LongSupplier nanos) {
    this.rate = rate;
    this.nanos = nanos;
  }

  /// Empty where it may go on; else how long to wait.
  public synchronized Optional<Duration> take(String key) {
    long now = nanos.getAsLong();
    var bucket = buckets.getOrDefault(key, new Bucket(rate.burst(), now));
    double gained = (now - bucket.at) / 1e9 * rate.perSecond();
    double left = Math.min(rate.burst(), bucket.left + gained);
    boolean goesOn = left >= 1;
    buckets.put(key, new Bucket(goesOn ? left - 1 : left, now));
    if (goesOn) return Optional.empty();
    return Optional.of(Duration.ofNanos((long) ((1 - left) / rate.perSecond() * 1e9)));
  }
}
