package baton.runtime.timing;

import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.Role;
import baton.handoff.gate.Verdict;
import baton.persistence.policy.Compilation;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.Settings;
import baton.runtime.Storage;
import baton.runtime.TimedNode;
import baton.runtime.http.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Workload W on the whole engine but for HTTP, and beside it what the same database does for
/// somebody who only writes rows. Run by hand:
///
///     java -cp … baton.runtime.timing.WorkloadTiming [CONVERSATIONS…]
///
/// `-Dwarm-up=SECONDS` and `-Dmeasure=SECONDS` change how long it takes.
public final class WorkloadTiming {
  private static final int CHECKS = 13;
  private static final int YARDSTICK_SECONDS = 5;

  private final TimedNode node;
  private final Server server;
  private final long postmaster;

  private WorkloadTiming(TimedNode node, Server server, long postmaster) {
    this.node = node;
    this.server = server;
    this.postmaster = postmaster;
  }

  public static void main(String[] arguments) throws Exception {
    var numbers = arguments.length == 0 ? new String[] {"1", "64", "256"} : arguments;
    var data = Files.createTempDirectory("baton-timing");
    var settings = Settings.defaults(data).with(Optional.empty(), Optional.empty(), Optional.of(0));
    try (var storage = Storage.embedded(data);
        var node = TimedNode.start(settings, storage, new QuickAgent())) {
      activate(node.ports());
      var timing = new WorkloadTiming(node, new Server(storage, data), Server.postmaster(data));
      timing.load(64, seconds("warm-up", 20), new Times());
      for (var number : numbers) timing.measure(Integer.parseInt(number));
    } finally {
      remove(data);
    }
  }

  private static void remove(Path data) throws IOException {
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  private static int seconds(String property, int standard) {
    return Integer.getInteger(property, standard);
  }

  private static void activate(Ports ports) throws IOException {
    try (var resource = WorkloadTiming.class.getResourceAsStream("/timing/workload.yaml")) {
      var yaml = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      switch (PolicyCompiler.compile("workload.yaml", yaml, Includes.samples())) {
        case Compilation.Compiled(var document) ->
            ports.policies().activate(ConversationId.DEFAULT_TENANT, document, Role.ENGINE.name());
        case Compilation.Invalid(var problems) ->
            throw new IllegalStateException(problems.toString());
      }
    }
  }

  private void measure(int conversations) throws Exception {
    var yardstick = yardstick();
    var times = new Times();
    var buyers = start(conversations, times);
    TimeUnit.SECONDS.sleep(3);
    var counts = server.counts();
    var machine = Machine.now(postmaster);
    long began = System.nanoTime();
    times.begin();
    TimeUnit.SECONDS.sleep(seconds("measure", 30));
    times.end();
    double seconds = (System.nanoTime() - began) / 1e9;
    var after = Machine.now(postmaster);
    var grown = server.counts();
    stop(buyers);
    var again = yardstick();
    double n = times.steps();
    System.out.printf(
        "%nW at %d conversations: %.0f steps/s, p50 %.1f ms, p99 %.1f ms (%.0f openings/s)%n",
        conversations, n / seconds, times.below(500), times.below(990), times.openings() / seconds);
    System.out.printf(
        "  machine: load %s to %s, others took %.0f %% of the processors, nobody %.0f %%%n",
        machine.load(),
        after.load(),
        after.others(machine),
        100.0 - 100.0 * (after.busy() - machine.busy()) / (after.all() - machine.all()));
    System.out.printf(
        "  processor time a step: engine %.0f us, database %.0f us%n",
        (after.engine() - machine.engine()) * 10_000 / n,
        (after.database() - machine.database()) * 10_000 / n);
    grown.forEach((name, count) -> {
      double more = count - counts.getOrDefault(name, 0.0);
      if (more / n >= 0.005) System.out.printf("  %.2f %s a step%n", more / n, name);
    });
    System.out.println("  " + server.journal(counts.get("ordering")));
    System.out.printf(
        "  yardstick: %.0f and %.0f rows/s by 1 client, %.0f and %.0f by 64; ratio to it %.3f%n",
        yardstick[0],
        again[0],
        yardstick[1],
        again[1],
        n
            / seconds
            / (conversations == 1 ? mean(yardstick[0], again[0]) : mean(yardstick[1], again[1])));
    times.failures().forEach(failure -> System.out.println("  FAILED " + failure));
    System.out.println("  " + checked(buyers));
  }

  private static double mean(double one, double other) {
    return (one + other) / 2;
  }

  private double[] yardstick() throws Exception {
    return new double[] {
      server.yardstick(1, YARDSTICK_SECONDS), server.yardstick(64, YARDSTICK_SECONDS)
    };
  }

  private void load(int conversations, int seconds, Times times) throws Exception {
    var buyers = start(conversations, times);
    TimeUnit.SECONDS.sleep(seconds);
    stop(buyers);
    times.failures().forEach(failure -> System.out.println("  FAILED " + failure));
  }

  private record Running(Buyer buyer, Thread thread) {}

  private List<Running> start(int conversations, Times times) {
    var running = new ArrayList<Running>();
    for (int i = 0; i < conversations; i++) {
      var name = "w" + Long.toString(System.nanoTime(), 36) + "-" + i;
      var buyer = new Buyer(name, node.ports(), times);
      running.add(new Running(buyer, Thread.ofVirtual().start(buyer)));
    }
    return running;
  }

  private static void stop(List<Running> running) throws InterruptedException {
    for (var one : running) one.buyer().stop();
    for (var one : running) one.thread().join();
  }

  /// Whether the conversations went as they should have: else the figures mean nothing.
  private String checked(List<Running> running) {
    int whole = 0;
    for (var one : running) {
      if (one.buyer().last().isEmpty()) continue;
      var id = one.buyer().last().get();
      var events =
          node.ports().engine().entries(id, 0, 1000).stream()
              .flatMap(row -> row.entry().events().stream())
              .toList();
      int rows = node.ports().engine().entries(id, 0, 1000).size();
      boolean asItShould =
          rows == Buyer.ROWS
              && events.stream().filter(Event.Heard.class::isInstance).count() == QuickAgent.STEPS
              && events.stream().filter(Event.Settled.class::isInstance).count() == 10
              && events.stream().filter(Event.BuyersTurn.class::isInstance).count() == 13
              && events.stream().filter(Event.Granted.class::isInstance).count() == 3
              && events.stream().filter(Event.Superseded.class::isInstance).findAny().isEmpty()
              && events.stream().allMatch(WorkloadTiming::isPermitted);
      if (!asItShould) return "WRONG: " + id.id() + " has " + rows + " rows: " + names(events);
      whole++;
    }
    return whole + " conversations were looked at and went as they should";
  }

  private static boolean isPermitted(Event event) {
    return !(event instanceof Event.Decided decided)
        || (decided.verdict() == Verdict.PERMIT
            && decided.findings().stream().map(f -> f.check()).distinct().count() == CHECKS);
  }

  private static List<String> names(List<Event> events) {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }
}
