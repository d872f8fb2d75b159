package baton.simulation.torture;

import baton.handoff.ConversationId;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Real nodes on a real database, to which everything is done that a [Schedule] says while a crowd
/// talks with them; then everything heals, must come to rest, and is judged.
final class Stretch implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final Duration REST_MAX = Duration.ofSeconds(90);
  private static final String POLICY = "inbound-trial";
  private static final int SHOWN_MAX = 5;

  /// Each makes some 12 KiB of history, which has a bound.
  private static final int ACKNOWLEDGED_MAX = 15_000;

  /// What a run tells while it goes on.
  sealed interface News {
    record Began(int nodes, long millis) implements News {}

    record Suffering(Storm storm) implements News {}

    record Weathered(Judged.Weathered storm) implements News {}

    record Judging(OptionalLong restMillis) implements News {}

    /// @param left how long faults are to go on in further stretches
    record Over(int number, Judged judged, Duration left) implements News {}
  }

  private final Plan plan;
  private final long seed;
  private final Path history;
  private final Path folder;
  private final List<String> flags;
  private final Duration faultyMax;
  private final Consumer<News> tell;
  private final List<Judged.Weathered> storms = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private Duration faulty = Duration.ZERO;
  private OptionalLong restMillis = OptionalLong.empty();
  private boolean broken;
  private Ground ground;
  private boolean closed;

  /// @param folder has nothing in it; the history is left there as `history.jsonl`
  /// @param flags of the nodes' virtual machines
  /// @param faultyMax how long faults go on, unless more is said meanwhile than can be judged
  Stretch(
      Plan plan,
      long seed,
      Path folder,
      List<String> flags,
      Duration faultyMax,
      Consumer<News> tell) {
    this.plan = plan;
    this.seed = seed;
    this.tell = tell;
    this.history = folder.resolve("history.jsonl");
    this.folder = folder;
    this.flags = flags;
    this.faultyMax = faultyMax;
  }

  /// Ends every process that was started, and lets no other begin. Waits for what is starting.
  @Override
  public synchronized void close() {
    closed = true;
    if (ground != null) ground.close();
  }

  private synchronized void lay() throws IOException {
    if (closed) throw new Unmet("it was ended before it began");
    ground = Ground.in(folder, plan.nodes(), flags, plan.kinds().contains(Fault.Kind.DISK_FULL));
  }

  Judged run() throws IOException {
    long began = System.nanoTime();
    lay();
    ground.nodes().forEach(NodeProcess::start);
    var policy = PolicyCompiler.sample(POLICY).orThrow();
    Crowd crowd;
    try (var recording = Recording.to(history)) {
      var injector =
          new Injector(ground, plan.readyMax(), node -> recording.killed("node-" + node.number()));
      try {
        injector.allReady(START_MAX);
      } catch (Unmet stuck) {
        broken = true;
        return Judged.not(seed, stuck.getMessage());
      }
      tell.accept(new News.Began(plan.nodes(), millisSince(began)));
      crowd = drive(injector, recording, policy);
      tell.accept(new News.Judging(restMillis));
      // Nothing changes any more while it is read.
      for (var node : ground.nodes()) {
        if (!node.stop()) violations.add("node " + node.number() + " did not stop within 60 s");
      }
      recording.left(ground.database(), ground.mail());
    }
    violations.addAll(judged());
    unopened(crowd);
    if (!violations.isEmpty()) ground.keep();
    return judged(crowd);
  }

  /// Whether a node did not come back, so that it ended before its time.
  boolean isBroken() {
    return broken;
  }

  /// What is wrong with that which the nodes have left.
  List<String> judged() throws IOException {
    return new Aftermath(ground.database(), ground.mail())
        .violations(history, restMillis.isPresent());
  }

  /// It runs until this is closed.
  Database database() {
    return ground.database();
  }

  private Crowd drive(Injector injector, Recording recording, PolicyDocument policy)
      throws IOException {
    var campaign = policy.policy().campaign();
    var doors = operators();
    try (var crowd = new Crowd(seed, plan.buyers(), plan.paceMillis(), recording, campaign);
        var operator = new Operator(seed, recording, policy, crowd::opened, doors)) {
      crowd.turnTo(ground.nodes().stream().map(NodeProcess::address).toArray(URI[]::new));
      try {
        suffer(injector, crowd);
        settle(crowd, operator, doors[0]);
      } catch (Unmet stuck) {
        broken = true;
        violations.add(stuck.getMessage());
      }
      return crowd;
    }
  }

  private void settle(Crowd crowd, Operator operator, Door door) {
    long healed = System.nanoTime();
    attempt(crowd::leave);
    attempt(operator::leave);
    attempt(crowd::lastWords);
    restMillis = rest(door, healed);
  }

  private Door[] operators() throws IOException {
    var token = ground.operatorToken();
    return ground.nodes().stream()
        .map(node -> new Door(node.address(), token))
        .toArray(Door[]::new);
  }

  private void suffer(Injector injector, Crowd crowd) throws IOException {
    var schedule = new Schedule(seed, plan.nodes(), plan.kinds());
    long began = System.nanoTime();
    for (int faults = 0; faults < plan.faultsMin() || goesOn(crowd); ) {
      var storm = schedule.next();
      faults += storm.faults().size();
      tell.accept(new News.Suffering(storm));
      var weathered = new Judged.Weathered(storm, weathered(injector, storm));
      storms.add(weathered);
      tell.accept(new News.Weathered(weathered));
      Await.pass(storm.calmMillis());
      faulty = Duration.ofMillis(millisSince(began));
    }
  }

  /// @return how long after its end everything was whole again
  private static long weathered(Injector injector, Storm storm) throws IOException {
    try {
      injector.inject(storm);
      long over = System.nanoTime();
      injector.allReady();
      return millisSince(over);
    } catch (Unmet stuck) {
      throw new Unmet(stuck.getMessage() + "; before it: " + storm);
    }
  }

  private boolean goesOn(Crowd crowd) {
    return faulty.compareTo(faultyMax) < 0 && crowd.acknowledgedCount() < ACKNOWLEDGED_MAX;
  }

  /// What goes wrong there is a violation, and no reason not to judge the rest.
  private void attempt(Runnable part) {
    try {
      part.run();
    } catch (IllegalStateException wrong) {
      violations.add(wrong.getMessage());
    }
  }

  private OptionalLong rest(Door operator, long healed) {
    var unrest = new Rest(ground.database(), ground.mail(), operator).awaited(REST_MAX);
    if (unrest.isEmpty()) return OptionalLong.of(millisSince(healed));
    unrest.stream()
        .limit(SHOWN_MAX)
        .forEach(what ->
            violations.add("no rest " + REST_MAX.toSeconds() + " s after the last fault: " + what));
    return OptionalLong.empty();
  }

  private void unopened(Crowd crowd) {
    var journaled =
        ground.database().conversations().stream()
            .map(ConversationId::id)
            .collect(Collectors.toSet());
    crowd.opened().stream()
        .filter(id -> !journaled.contains(id))
        .forEach(id -> violations.add(id + " was opened, yet has no journal"));
  }

  private Judged judged(Crowd crowd) {
    var claims = ground.database().texts("select state from claim");
    return new Judged(
        seed,
        faulty,
        storms,
        crowd.opened().size(),
        crowd.acknowledgedCount(),
        crowd.repeatedCount(),
        claims.size(),
        claims.stream().filter("CONFIRMED"::equals).count(),
        restMillis,
        violations);
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
