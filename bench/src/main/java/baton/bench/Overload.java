package baton.bench;

import baton.bench.load.Buyer;
import baton.bench.load.Ground;
import baton.bench.load.HttpDoor;
import baton.bench.load.Load;
import baton.bench.load.Plan;
import baton.bench.load.Serving;
import baton.bench.load.Storm;
import baton.bench.load.Stretch;
import baton.bench.load.Times;
import baton.bench.load.Unfit;
import baton.bench.load.Watch;
import baton.bench.load.Yardstick;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import baton.bench.report.Wording;
import baton.runtime.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Ten times what an engine can take: what it turns down, and how; what becomes of what it has
/// accepted; who still gets in; and how long until all is as before.
///
/// What it can take is measured first, by senders who wait until each message is taken; and how
/// long buyers wait for their answers, who come again afterwards.
final class Overload {
  private static final int TIMES = 10;

  private static final int BUYERS = 64;

  /// Of the storm, for each buyer: together more than an engine works on, and more than it lets
  /// wait.
  private static final int CONNECTIONS_PER_BUYER = 24;

  /// An engine keeps 256 event streams, a few of them for operators alone.
  private static final int BUYERS_MAX = 192;

  /// Conversations that are stormed, for each buyer.
  private static final int TARGETS_PER_BUYER = 16;

  /// So that what grows is noticed.
  private static final List<String> FLAGS = List.of("-Xmx1g");

  private static final Duration MARK_EVERY = Duration.ofMillis(500);

  /// The stretch over which a p99 is taken afterwards, in marks.
  private static final int STRETCH_MARKS = 4;

  /// What is not as before by then was not seen to be so again; for a short measurement less.
  private static final int MARKS_MAX = 40;

  private static final int READERS = 4;

  private final Plan plan;
  private final String name;
  private final int buyers;
  private final Serving serving;
  private final HttpDoor door;

  private Overload(Plan plan, String name, int buyers, Serving serving) throws Exception {
    this.plan = plan;
    this.name = name;
    this.buyers = buyers;
    this.serving = serving;
    HttpDoor.activate(serving.engine());
    this.door = HttpDoor.at(serving.engine());
  }

  static void run(Plan plan, Consumer<Result> results) throws Exception {
    for (int buyers : plan.conversations(BUYERS)) {
      if (buyers > BUYERS_MAX) {
        throw new Unfit(
            "overload takes up to %d --conversations: an engine keeps 256 event streams"
                .formatted(BUYERS_MAX));
      }
    }
    for (int buyers : plan.conversations(BUYERS)) {
      Ground.several(plan, (there, folder) -> both(there, folder, buyers, results));
    }
  }

  /// By as many addresses as you like, and by one.
  private static void both(Plan plan, Path folder, int buyers, Consumer<Result> results)
      throws Exception {
    var name = "overload, " + buyers;
    plan.tell().accept(name + ": starting the engine");
    double perSecond;
    try (var serving = Serving.start(plan, folder, Ground.UNBOUNDED, FLAGS);
        var storage =
            plan.db()
                .map(url -> Storage.external(url, "", ""))
                .orElseGet(() -> Storage.beside(folder))) {
      var overload = new Overload(plan, name, buyers, serving);
      perSecond = overload.stormed(storage, results);
    }
    plan.tell().accept(name + ": starting the engine with its usual rates");
    try (var serving = Serving.start(plan, folder, "", FLAGS)) {
      results.accept(new Overload(plan, name, buyers, serving).heldBack(perSecond));
    }
  }

  /// Before the storm.
  ///
  /// @param accepted messages a second that are taken from senders who wait for that
  /// @param answered messages a second of buyers who wait until it is their turn again
  /// @param p99 milliseconds until it is
  private record Usual(double accepted, double answered, double p99) {}

  /// @return what was offered a second
  private double stormed(Storage storage, Consumer<Result> results) throws Exception {
    Stretch.warmUp(plan, name, door, buyers);
    var yardstick = Yardstick.of(plan, name, storage, Steps.YARDSTICK_CLIENTS);
    var usual = usual();
    var targets = targets();
    double perSecond = TIMES * usual.accepted;
    var watch = Watch.of(serving.engine());
    var storm = storm(targets, connections(), perSecond, plan.measure().multipliedBy(2));
    watch.stop();
    var times = new Times();
    double back = back(usual, times);
    var stormed = new Stormed(storm, watch, lost(targets), serving.runs());
    var wrong = Stream.concat(stormed.wrong().stream(), times.failures().stream()).toList();
    results.accept(
        new Result(
            "overload",
            "%d times the messages that it can take, for %s"
                .formatted(TIMES, Wording.amount(2 * plan.measure().toMillis() / 1e3, "s")),
            figures(usual, yardstick, stormed, back),
            Optional.of(Steps.words(yardstick)),
            Optional.empty(),
            Optional.empty(),
            notes(usual, storm),
            wrong));
    return perSecond;
  }

  /// The same storm for a while, where it comes from one address and has the rates of one.
  private Result heldBack(double perSecond) throws Exception {
    var targets = targets();
    var length = plan.measure().dividedBy(3);
    var watch = Watch.of(serving.engine());
    var storm = storm(targets, connections(), perSecond, length);
    watch.stop();
    var stormed = new Stormed(storm, watch, lost(targets), serving.runs());
    return Result.of(
            "overload",
            "the same from one address, at the usual rates, for "
                + Wording.amount(length.toMillis() / 1e3, "s"),
            stormed.figures())
        .wrong(stormed.wrong());
  }

  private Usual usual() throws Exception {
    var half = plan.measure().dividedBy(2);
    var stretch =
        Stretch.of(plan.within(half), name, door, buyers, Buyer.Manner.AT_ONCE, Optional.empty());
    if (!Steps.wrong(stretch).isEmpty()) throw new Unfit(Steps.wrong(stretch).getFirst());
    var taken = storm(targets(), buyers, Storm.AT_ONCE, half);
    return new Usual(
        taken.acceptedPerSecond(), stretch.stepsPerSecond(), stretch.times().below(990));
  }

  private Storm storm(
      List<Storm.Target> targets, int connections, double perSecond, Duration length)
      throws Exception {
    var url = serving.engine().url();
    return Storm.of(plan, name + ": messages", url, targets, connections, perSecond, length);
  }

  private List<Storm.Target> targets() throws Exception {
    plan.tell().accept(name + ": opening conversations");
    var targets = new ConcurrentLinkedQueue<Storm.Target>();
    Openings.each(
        Openings.names("storm", buyers * TARGETS_PER_BUYER),
        buyers,
        conversation -> targets.add(door.target(conversation)));
    return List.copyOf(targets);
  }

  /// Seconds until a step of the usual buyers takes at most twice as long as before, 99 of 100 of
  /// them, and no more than are waited for.
  private double back(Usual usual, Times times) throws InterruptedException {
    times.begin();
    var load = Load.start(door, buyers, Buyer.Manner.AT_ONCE, times);
    var marks = new ArrayList<Integer>();
    int most = Math.clamp(plan.measure().dividedBy(MARK_EVERY), 2 * STRETCH_MARKS, MARKS_MAX);
    try {
      for (int mark = 0; mark < most; mark++) {
        marks.add(times.steps());
        int first = Math.max(0, mark - STRETCH_MARKS);
        double p99 = times.below(990, marks.get(first), marks.getLast());
        if (mark >= STRETCH_MARKS && p99 <= 2 * usual.p99) return seconds(first);
        plan.pass(MARK_EVERY, name + ": the usual buyers again");
      }
      return seconds(most);
    } finally {
      times.end();
      load.stop();
    }
  }

  private static double seconds(int marks) {
    return marks * MARK_EVERY.toMillis() / 1e3;
  }

  /// Messages that were accepted and are in no journal.
  private long lost(List<Storm.Target> targets) throws Exception {
    plan.tell().accept(name + ": looking for what was accepted");
    var lost = new AtomicLong();
    var accepted =
        targets.stream()
            .collect(Collectors.toMap(Storm.Target::conversation, Storm.Target::accepted));
    Openings.each(
        List.copyOf(accepted.keySet()),
        READERS,
        conversation -> {
          var heard = door.heard(conversation);
          lost.addAndGet(
              accepted.get(conversation).stream().filter(id -> !heard.contains(id)).count());
        });
    return lost.get();
  }

  private int connections() {
    return buyers * CONNECTIONS_PER_BUYER;
  }

  private static List<Figure> figures(
      Usual usual, Yardstick.Rate yardstick, Stormed stormed, double back) {
    var figures = new ArrayList<Figure>();
    figures.add(Figure.of("sustainable", usual.accepted, "messages/s").over(yardstick.rows()));
    figures.addAll(stormed.figures());
    figures.add(Figure.of(Measure.OVERLOAD_BACK, "p99 as before after", back));
    return List.copyOf(figures);
  }

  private List<String> notes(Usual usual, Storm storm) {
    return List.of(
        "%s times what is sustainable was offered, over %,d connections, to an engine with 1 GiB"
            .formatted(Wording.number(storm.offeredPerSecond() / usual.accepted), connections()),
        "buyers who wait for each answer have %s a second, 99 of 100 within %s: that is as before"
            .formatted(Wording.number(usual.answered), Wording.amount(usual.p99, "ms")));
  }
}
