package baton.persistence.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Puts what many ask for at the same time into one piece of work: whatever has come in while the
/// last batch was under way is the next one. It waits for nothing else.
final class Batches<T> implements AutoCloseable {
  private static final int WAITING_MAX = 100_000;

  private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final int most;
  private final Consumer<List<T>> work;
  private final List<Thread> threads;
  private volatile boolean closed;

  /// @param threads how many batches may be under way at a time
  /// @param most in a batch
  /// @param work blocks; throws nothing
  Batches(String name, int threads, int most, Consumer<List<T>> work) {
    this.most = most;
    this.work = work;
    this.threads =
        IntStream.rangeClosed(1, threads)
            .mapToObj(n -> Thread.ofPlatform().name(name + "-" + n).daemon().start(this::run))
            .toList();
  }

  /// Whether it was taken: not where too much waits, nor when this is closed.
  boolean add(T one) {
    return !closed && waiting.offer(one);
  }

  private void run() {
    var batch = new ArrayList<T>();
    while (!closed) {
      try {
        batch.add(waiting.take());
        waiting.drainTo(batch, most - 1);
        work.accept(batch);
        batch.clear();
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  /// Ends with what is under way; what still waits is never taken up.
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
