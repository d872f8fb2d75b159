package baton.runtime.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Virtual threads on which requests may block: a bounded number at work, a bounded number waiting.
final class Workers implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
  private final Semaphore atWork;
  private final AtomicInteger inside = new AtomicInteger();
  private final int insideMax;

  Workers(int workersMax, int waitingMax) {
    this.atWork = new Semaphore(workersMax, true);
    this.insideMax = workersMax + waitingMax;
  }

  <T> CompletionStage<T> run(Callable<T> work) {
    if (inside.incrementAndGet() > insideMax) {
      inside.decrementAndGet();
      return CompletableFuture.failedStage(
          Problem.later(503, "too many requests at once: ask again", Duration.ofSeconds(1)));
    }
    var answer = new CompletableFuture<T>();
    threads.execute(() -> finish(work, answer));
    return answer;
  }

  /// Requests that are worked on or wait.
  int inside() {
    return inside.get();
  }

  private <T> void finish(Callable<T> work, CompletableFuture<T> answer) {
    try {
      atWork.acquire();
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
