package baton.simulation.report;

import java.util.TreeMap;

/// How often each whole number came up.
public final class Spread {
  private final TreeMap<Long, Long> counts = new TreeMap<>();
  private long total;

  void add(long value) {
    counts.merge(value, 1L, Long::sum);
    total++;
  }

  public long total() {
    return total;
  }

  public boolean isEmpty() {
    return total == 0;
  }

  /// The least value that so many percent of all do not exceed: always one that came up.
  ///
  /// @throws java.util.NoSuchElementException where there is none
  public long quantile(int percent) {
    long rank = Math.max(1, Math.ceilDiv(percent * total, 100L));
    long seen = 0;
    for (var each : counts.entrySet()) {
      seen += each.getValue();
      if (seen >= rank) return each.getKey();
    }
    return counts.lastKey();
  }

  /// @throws java.util.NoSuchElementException where there is none
  public long most() {
    return counts.lastKey();
  }

  /// How many lie from one value on and below another.
  long within(long from, long below) {
    return counts.subMap(from, below).values().stream().mapToLong(Long::longValue).sum();
  }
}
