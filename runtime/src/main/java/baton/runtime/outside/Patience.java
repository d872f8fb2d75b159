package baton.runtime.outside;

import baton.runtime.outside.Unheard.Sent;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What every call to one server is held to: a time, a number of calls under way, and a rest for a
/// server that is not well. Nothing is tried twice.
final class Patience {
  static final String TIMED_OUT = "timed-out";

  private static final int CALLS_LOOKED_AT = 20;
  private static final int CALLS_MIN = 10;
  private static final int FAILED_PERCENT = 50;
  private static final int TRIED_AFTER_REST = 2;
  private static final Duration REST = Duration.ofSeconds(30);

  private final ServerSettings settings;
  private final Bulkhead bulkhead;
  private final CircuitBreaker breaker;

  /// @param clock by which a server rests
  Patience(ServerSettings settings, Clock clock) {
    this.settings = settings;
    this.bulkhead =
        Bulkhead.of(
            settings.name(),
            BulkheadConfig.custom()
                .maxConcurrentCalls(settings.concurrent())
                // Whoever waited longer would have no time left for the answer.
                .maxWaitDuration(settings.within().dividedBy(2))
                .build());
    this.breaker =
        CircuitBreaker.of(
            settings.name(),
            CircuitBreakerConfig.custom()
                .slidingWindowSize(CALLS_LOOKED_AT)
                .minimumNumberOfCalls(CALLS_MIN)
                .failureRateThreshold(FAILED_PERCENT)
                .permittedNumberOfCallsInHalfOpenState(TRIED_AFTER_REST)
                .waitDurationInOpenState(REST)
                .clock(clock)
                .build());
  }

  /// Answers or fails within the server's time. The thread that asks may be interrupted, which ends
  /// the call.
  ///
  /// @param call throws [Unheard] for what it knows better than "perhaps"
  <T> T held(Callable<T> call) throws Unheard {
    var task = new FutureTask<>(() -> withPlace(call));
    var thread = Thread.ofVirtual().name("server-" + settings.name()).start(task);
    try {
      return task.get(settings.within().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Unheard told) throw told;
      throw new Unheard(Sent.PERHAPS, "broken");
    } catch (TimeoutException late) {
      thread.interrupt();
      throw new Unheard(Sent.PERHAPS, TIMED_OUT);
    } catch (InterruptedException leaving) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new Unheard(Sent.PERHAPS, "cancelled");
    }
  }

  /// A call that goes on after its time keeps its place: the bound is on what is under way.
  private <T> T withPlace(Callable<T> call) throws Exception {
    if (!bulkhead.tryAcquirePermission()) throw new Unheard(Sent.NEVER, "busy");
    try {
      if (!breaker.tryAcquirePermission()) throw new Unheard(Sent.NEVER, "resting");
      return counted(call);
    } finally {
      bulkhead.onComplete();
    }
  }

  private <T> T counted(Callable<T> call) throws Exception {
    long fromNs = System.nanoTime();
    try {
      var answer = call.call();
      breaker.onSuccess(System.nanoTime() - fromNs, TimeUnit.NANOSECONDS);
      return answer;
    } catch (Exception | LinkageError | StackOverflowError failed) {
      breaker.onError(System.nanoTime() - fromNs, TimeUnit.NANOSECONDS, failed);
      throw failed;
    }
  }
}
