package baton.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// Who looks after an engine while others storm it: a probe, a collector of metrics, and an
/// operator who pauses. Each comes by a new connection, as they do.
public final class Watch {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\",[^}]*} ([0-9.E+]+)$");

  private final URI engine;
  private final String token;
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong probe = new AtomicLong();
  private final AtomicLong metrics = new AtomicLong();
  private final AtomicLong pause = new AtomicLong();
  private final AtomicLong heapBytes = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  private Watch(Plan.Running running) {
    engine = URI.create(running.url());
    token = running.token();
  }

  /// From now on until it is stopped.
  public static Watch of(Plan.Running engine) {
    var watch = new Watch(engine);
    watch.each(Duration.ofMillis(200), watch::probe);
    watch.each(Duration.ofSeconds(1), watch::metrics);
    watch.each(Duration.ofSeconds(3), watch::pause);
    return watch;
  }

  private interface Look {
    void now() throws IOException;
  }

  private void each(Duration every, Look look) {
    threads.add(
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!over) {
                try {
                  look.now();
                  Thread.sleep(every);
                } catch (IOException broken) {
                  failures.add(broken.getMessage());
                } catch (InterruptedException ended) {
                  return;
                }
              }
            }));
  }

  private void probe() throws IOException {
    ask(probe, "GET", "/health/live", "", "");
  }

  private void metrics() throws IOException {
    var text = ask(metrics, "GET", "/metrics", "", "");
    long bytes =
        HEAP.matcher(text)
            .results()
            .mapToLong(pool -> (long) Double.parseDouble(pool.group(1)))
            .sum();
    heapBytes.accumulateAndGet(bytes, Math::max);
  }

  /// What the storm is about is paused, and goes on at once.
  private void pause() throws IOException {
    set("paused");
    set("running");
  }

  private void set(String mode) throws IOException {
    var body = "{\"mode\":\"" + mode + "\",\"reason\":\"measured\"}";
    ask(pause, "PUT", "/v1/controls/campaign:" + Workloads.CAMPAIGN, token, body);
  }

  private String ask(AtomicLong slowest, String method, String path, String as, String body)
      throws IOException {
    long asked = System.nanoTime();
    try (var wire = new Wire(engine, PATIENCE)) {
      var answer = wire.ask(method, path, as, body);
      if (answer.status() != 200) {
        throw new IOException("%s was answered %d".formatted(path, answer.status()));
      }
      return answer.body();
    } catch (IOException failed) {
      throw new IOException(path + ": " + failed.getMessage(), failed);
    } finally {
      slowest.accumulateAndGet(System.nanoTime() - asked, Math::max);
    }
  }

  /// The slowest answer of `/health/live`.
  public double probeMs() {
    return probe.get() / 1e6;
  }

  /// The slowest answer of `/metrics`.
  public double metricsMs() {
    return metrics.get() / 1e6;
  }

  /// The slowest pause, or its end.
  public double pauseMs() {
    return pause.get() / 1e6;
  }

  public double heapMiB() {
    return heapBytes.get() / (double) (1 << 20);
  }

  public List<String> failures() {
    return failures.stream().distinct().limit(3).toList();
  }

  public void stop() throws InterruptedException {
    over = true;
    for (var thread : threads) thread.join();
  }
}
