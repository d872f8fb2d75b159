package baton.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/// Virtual time, and all that is still to happen in it. Things happen one after the other: at each
/// moment in the order in which they were put down.
public final class Agenda implements InstantSource {
  private record Item(long at, long order, Runnable work) {
    private static final Comparator<Item> IN_ORDER =
        Comparator.comparingLong(Item::at).thenComparingLong(Item::order);
  }

  private final Deque<Runnable> due = new ArrayDeque<>();
  private final PriorityQueue<Item> later = new PriorityQueue<>(Item.IN_ORDER);
  private long millis;
  private long order;
  private Instant now;

  /// @param start to the millisecond
  public Agenda(Instant start) {
    now = start;
    millis = start.toEpochMilli();
  }

  @Override
  public Instant instant() {
    return now;
  }

  /// At this moment, after what is due already.
  void soon(Runnable work) {
    due.add(work);
  }

  void in(long waitMillis, Runnable work) {
    if (waitMillis <= 0) due.add(work);
    else later.add(new Item(millis + waitMillis, ++order, work));
  }

  void in(Duration wait, Runnable work) {
    in(wait.toMillis(), work);
  }

  void at(Instant moment, Runnable work) {
    in(moment.toEpochMilli() - millis, work);
  }

  /// Does the next thing that is due at this moment.
  ///
  /// @return whether there was one
  boolean next() {
    var work = due.poll();
    if (work != null) {
      work.run();
      return true;
    }
    if (later.isEmpty() || later.peek().at > millis) return false;
    later.poll().work.run();
    return true;
  }

  /// Moves the clock to the next thing that is to happen, or to `until` if there is none before.
  ///
  /// @return whether there is one
  boolean forward(Instant until) {
    var item = later.peek();
    boolean before = item != null && item.at <= until.toEpochMilli();
    if (before) to(Instant.ofEpochMilli(item.at));
    else if (until.isAfter(now)) to(until);
    return before;
  }

  private void to(Instant moment) {
    now = moment;
    millis = moment.toEpochMilli();
  }
}
