package baton.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// How long steps took, as many threads tell it, while a measurement is on.
public final class Times {
  private static final int MOST = 4_000_000;

  private final long[] steps = new long[MOST];
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger openings = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean on;

  public void begin() {
    on = true;
  }

  public void end() {
    on = false;
  }

  public void step(long nanos) {
    if (on) steps[count.getAndIncrement() % MOST] = nanos;
  }

  public void opened() {
    if (on) openings.incrementAndGet();
  }

  public void failed(String what) {
    failures.add(what);
  }

  public int steps() {
    return count.get();
  }

  public int openings() {
    return openings.get();
  }

  public List<String> failures() {
    return List.copyOf(failures);
  }

  /// Milliseconds below which so many of a thousand steps stayed.
  public double below(int perThousand) {
    return below(perThousand, 0, count.get());
  }

  /// The same of the steps from a number on, counted from 0, and before another.
  public double below(int perThousand, int from, int to) {
    int n = Math.min(to, MOST) - from;
    if (n <= 0) return Double.NaN;
    var sorted = Arrays.copyOfRange(steps, from, from + n);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(n - 1L, (long) n * perThousand / 1000)] / 1e6;
  }
}
