package baton.runtime.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Threads on which requests may block: a bounded number at work, a bounded number waiting, for a
/// bounded time.
final class Workers implements AutoCloseable {
  private final ExecutorService threads;
  private final Semaphore atWork;
  private final AtomicInteger inside = new AtomicInteger();
  private final int insideMax;
  private final Duration waitMax;

  private Workers(ThreadFactory threads, int workersMax, int waitingMax, Duration waitMax) {
    this.threads = Executors.newThreadPerTaskExecutor(threads);
    this.atWork = new Semaphore(workersMax, true);
    this.insideMax = workersMax + waitingMax;
    this.waitMax = waitMax;
  }

  /// On virtual threads, which are many and take turns.
  static Workers many(int workersMax, int waitingMax, Duration waitMax) {
    var threads = Thread.ofVirtual().name("http-", 0).factory();
    return new Workers(threads, workersMax, waitingMax, waitMax);
  }

  /// On threads of the system, which no virtual one keeps waiting.
  static Workers few(String name, int workersMax, int waitingMax, Duration waitMax) {
    var threads = Thread.ofPlatform().daemon().name(name, 0).factory();
    return new Workers(threads, workersMax, waitingMax, waitMax);
  }

  <T> CompletionStage<T> run(Callable<T> work) {
    if (inside.incrementAndGet() > insideMax) {
      inside.decrementAndGet();
      return CompletableFuture.failedStage(full());
    }
    var answer = new CompletableFuture<T>();
    threads.execute(() -> finish(work, answer));
    return answer;
  }

  private static Problem full() {
    return Problem.later(503, "too many requests at once: ask again", Duration.ofSeconds(1));
  }

  /// Requests that are worked on or wait.
  int inside() {
    return inside.get();
  }

  private <T> void finish(Callable<T> work, CompletableFuture<T> answer) {
    try {
      if (!atWork.tryAcquire(waitMax.toMillis(), TimeUnit.MILLISECONDS)) throw full();
      try {
        answer.complete(work.call());
      } finally {
        atWork.release();
      }
    } catch (Throwable failure) {
      answer.completeExceptionally(failure);
    } finally {
      inside.decrementAndGet();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
