package baton.bench.load;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// A load that was measured for a while: how long its steps took, what they cost, and whether the
/// conversations went as they should have: else the figures mean nothing.
///
/// @param machine empty where the system does not say
/// @param perStep what the database counted, for each step
/// @param whole conversations that were looked at
/// @param wrong what was not as it should be, in words
public record Stretch(
    int conversations,
    double seconds,
    Times times,
    Optional<Machine.Share> machine,
    Map<String, Double> perStep,
    int whole,
    List<String> wrong) {
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final int WRONG_MAX = 5;

  /// The database beside the engine.
  ///
  /// @param postmaster its process, where that is known
  public record Beside(Server server, OptionalLong postmaster) {}

  /// @param beside empty where the engine is elsewhere
  public static Stretch of(
      Plan plan,
      String name,
      Door door,
      int conversations,
      Buyer.Manner manner,
      Optional<Beside> beside)
      throws Exception {
    var times = new Times();
    var load = Load.start(door, conversations, manner, times);
    var settle = plan.measure().compareTo(SETTLE) < 0 ? plan.measure() : SETTLE;
    plan.pass(settle, name + ": settling");
    var counts = counts(beside);
    var watch = beside.map(by -> Machine.watch(by.postmaster()));
    long began = System.nanoTime();
    times.begin();
    plan.pass(plan.measure(), name + ": measuring");
    times.end();
    double seconds = (System.nanoTime() - began) / 1e9;
    var machine = watch.flatMap(Supplier::get);
    var grown = counts(beside);
    plan.tell().accept(name + ": looking at the conversations");
    var whole = load.stop();
    var wrong = new ArrayList<>(times.failures());
    for (var conversation : whole) door.wrong(conversation).ifPresent(wrong::add);
    return new Stretch(
        conversations,
        seconds,
        times,
        machine,
        perStep(counts, grown, times.steps()),
        whole.size(),
        wrong.stream().limit(WRONG_MAX).toList());
  }

  /// So that what follows is measured on warm code.
  public static void warmUp(Plan plan, String name, Door door, int conversations)
      throws InterruptedException {
    var load = Load.start(door, conversations, Buyer.Manner.AT_ONCE, new Times());
    plan.pass(plan.warmUp(), name + ": warming up");
    load.stop();
  }

  public double stepsPerSecond() {
    return times.steps() / seconds;
  }

  private static Map<String, Double> counts(Optional<Beside> beside) throws SQLException {
    return beside.isPresent() ? beside.get().server().counts() : Map.of();
  }

  private static Map<String, Double> perStep(
      Map<String, Double> before, Map<String, Double> after, int steps) {
    var perStep = new LinkedHashMap<String, Double>();
    if (steps == 0) return perStep;
    after.forEach((name, count) -> {
      double more = (count - before.getOrDefault(name, 0.0)) / steps;
      if (more >= 0.005) perStep.put(name, more);
    });
    return perStep;
  }
}
