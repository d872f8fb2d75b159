package baton.persistence.db;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/// What waits to be asked of the database in one piece: whatever has come in while the last batch
/// was under way is the next one.
///
/// A batch costs the server some hundred microseconds whatever is in it, so where many ask at once
/// the next one gathers for a moment. Where few ask, nobody waits.
public final class Backlog<T> {
  private static final int WAITING_MAX = 100_000;

  /// From so many in the last batch on.
  private static final int MANY = 4;

  private static final Duration GATHERING = Duration.ofMillis(1);

  private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final int most;
  private volatile int last;

  /// @param most in a batch
  public Backlog(int most) {
    this.most = most;
  }

  /// @return false where too much waits
  public boolean offer(T one) {
    return waiting.offer(one);
  }

  /// What is to be asked next, at least one. Blocks until there is.
  public List<T> next() throws InterruptedException {
    var batch = new ArrayList<T>();
    batch.add(waiting.take());
    if (last >= MANY && waiting.size() < most - 1) LockSupport.parkNanos(GATHERING.toNanos());
    waiting.drainTo(batch, most - 1);
    last = batch.size();
    return batch;
  }

  /// What waits and is in no batch.
  public int size() {
    return waiting.size();
  }

  /// Takes out all that waits.
  public List<T> left() {
    var left = new ArrayList<T>();
    waiting.drainTo(left);
    return left;
  }
}
