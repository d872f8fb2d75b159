package baton.bench.load;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// Messages that come at a rate, whatever becomes of them, over many connections at once. Whoever
/// is turned down does not ask again.
public final class Storm {
  /// Each connection sends the next message once the last is answered.
  public static final double AT_ONCE = Double.POSITIVE_INFINITY;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI engine;
  private final List<Target> targets;
  private final AtomicLong messages = new AtomicLong();
  private final LongAdder offered = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder tooMany = new LongAdder();
  private final LongAdder busy = new LongAdder();
  private final LongAdder silent = new LongAdder();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  private final Times times = new Times();
  private double seconds;

  /// A conversation in which something is said.
  ///
  /// @param accepted ids of the messages for which the engine has answered
  public record Target(String conversation, String token, Queue<String> accepted) {
    public Target(String conversation, String token) {
      this(conversation, token, new ConcurrentLinkedQueue<>());
    }
  }

  private Storm(URI engine, List<Target> targets) {
    this.engine = engine;
    this.targets = targets;
  }

  /// Returns when it is over and all that was sent is answered.
  ///
  /// @param perSecond messages on all connections together
  public static Storm of(
      Plan plan,
      String name,
      String url,
      List<Target> targets,
      int connections,
      double perSecond,
      Duration length)
      throws InterruptedException {
    var storm = new Storm(URI.create(url), targets);
    long began = System.nanoTime();
    storm.times.begin();
    var threads =
        IntStream.range(0, connections)
            .mapToObj(i ->
                Thread.ofVirtual()
                    .start(() -> storm.send(i, connections, perSecond, began, length)))
            .toList();
    plan.pass(length, name);
    for (var thread : threads) thread.join();
    storm.seconds = length.toNanos() / 1e9;
    return storm;
  }

  /// Each connection sends in its turn; one that waits for its answer is late with the next.
  private void send(int n, int connections, double perSecond, long began, Duration length) {
    double everyNanos = connections / perSecond * 1e9;
    Wire wire = null;
    try {
      for (long k = 0; ; k++) {
        long due = (long) ((k + (double) n / connections) * everyNanos);
        if (due >= length.toNanos()) return;
        long wait = began + due - System.nanoTime();
        if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
        if (System.nanoTime() - began >= length.toNanos()) return;
        wire = say(wire);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      close(wire);
    }
  }

  /// @return the connection to go on with, null for a new one
  private Wire say(Wire open) {
    long number = messages.getAndIncrement();
    var target = targets.get((int) (number % targets.size()));
    var id = "storm-" + number;
    offered.increment();
    long asked = System.nanoTime();
    Wire wire = open;
    try {
      if (wire == null) wire = new Wire(engine, PATIENCE);
      var answer =
          wire.ask(
              "POST",
              "/v1/conversations/" + target.conversation + "/messages",
              target.token,
              "{\"id\":\"" + id + "\",\"text\":\"" + InsideDoor.TEXT + "\"}");
      count(answer, target, id, System.nanoTime() - asked);
      if (!answer.closes()) return wire;
    } catch (SocketTimeoutException late) {
      failed("no answer within " + PATIENCE.toSeconds() + " s");
    } catch (IOException broken) {
      failed(broken.getMessage());
    }
    close(wire);
    return null;
  }

  private void count(Wire.Answer answer, Target target, String id, long nanos) {
    switch (answer.status()) {
      case 202 -> {
        accepted.increment();
        times.step(nanos);
        target.accepted.add(id);
      }
      case 429 -> tooMany.increment();
      case 503 -> busy.increment();
      default -> failed("status " + answer.status());
    }
    boolean turnedDown = answer.status() == 429 || answer.status() == 503;
    if (turnedDown && !answer.saysWhen()) silent.increment();
  }

  private void failed(String how) {
    failures.computeIfAbsent(how, _ -> new LongAdder()).increment();
  }

  private static void close(Wire wire) {
    try {
      if (wire != null) wire.close();
    } catch (IOException gone) {
      // It is what was wanted.
    }
  }

  public double offeredPerSecond() {
    return offered.sum() / seconds;
  }

  public double acceptedPerSecond() {
    return accepted.sum() / seconds;
  }

  /// Answered 429.
  public long tooMany() {
    return tooMany.sum();
  }

  /// Answered 503.
  public long busy() {
    return busy.sum();
  }

  /// Turned down without a word about when to come again.
  public long silent() {
    return silent.sum();
  }

  /// Requests that were neither accepted nor turned down, by what came of them.
  public Map<String, LongAdder> failures() {
    return failures;
  }

  /// How long it took to accept a message.
  public Times times() {
    return times;
  }
}
