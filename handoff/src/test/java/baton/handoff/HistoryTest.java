package baton.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// 100,000 steps of generated histories, and after each of them every invariant. A failure names
/// its seed; `-Dseed=N` plays that one again.
class HistoryTest {
  private static final int SEEDS = 1_000;
  static final int STEPS = 100;

  @Test
  void everyInvariantHoldsAfterEveryStep() {
    var given = System.getProperty("seed");
    if (given != null) {
      play(Long.parseLong(given), new Kernel());
      return;
    }
    var reached = new TreeMap<String, Integer>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      for (var event : play(seed, new Kernel())) {
        reached.merge(event.getClass().getSimpleName(), 1, Integer::sum);
      }
    }
    var all = new TreeSet<String>();
    for (var type : Event.class.getPermittedSubclasses()) {
      if (type.isRecord()) all.add(type.getSimpleName());
      else Arrays.stream(type.getPermittedSubclasses()).forEach(t -> all.add(t.getSimpleName()));
    }
    assertEquals(all, reached.keySet(), "the histories reach every kind of event");
    reached.forEach((event, times) -> assertTrue(times >= 20, event + " only " + times + " times"));
  }

  /// @return the events of the whole history
  static List<Event> play(long seed, Kernel kernel) {
    var happened = new ArrayList<Event>();
    int step = 0;
    String at = "";
    try {
      var history = new History(seed, kernel);
      for (; step < STEPS; step++) {
        var moment = history.step();
        at = moment.command().toString();
        for (var invariant : Invariants.ALL) invariant.check(moment);
        for (var invariant : Endings.ALL) invariant.check(moment);
        moment.entry().ifPresent(entry -> happened.addAll(entry.events()));
      }
    } catch (RuntimeException | AssertionError broken) {
      throw new AssertionError(
          "seed %d, step %d, after %s: %s".formatted(seed, step, at, broken), broken);
    }
    return happened;
  }
}
