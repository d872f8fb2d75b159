package baton.runtime.models;

import baton.runtime.models.Failure.Busy;
import baton.runtime.models.Failure.Cancelled;
import baton.runtime.models.Failure.Malformed;
import baton.runtime.models.Failure.Overloaded;
import baton.runtime.models.Failure.Resting;
import baton.runtime.models.Failure.TimedOut;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A model that can be asked, and what every call to it is held to: a time, a number of calls under
/// way, a few tries, and a rest for a server that is not well.
public final class Reached {
  private static final int CALLS_LOOKED_AT = 20;
  private static final int CALLS_MIN = 10;
  private static final int FAILED_PERCENT = 50;
  private static final int TRIED_AFTER_REST = 2;
  private static final Duration REST = Duration.ofSeconds(30);

  private final ModelSettings settings;
  private final ChatModel model;
  private final Bulkhead bulkhead;
  private final CircuitBreaker breaker;
  private final IntervalFunction backOffMs;

  /// Which model it was, for the record.
  ///
  /// @param name what policies call it
  public record Identity(String name, String provider, String model) {}

  /// @param clock by which a server rests
  /// @param backOffMs how long to wait before the next try, from how many there were
  Reached(ModelSettings settings, ChatModel model, Clock clock, IntervalFunction backOffMs) {
    this.settings = settings;
    this.model = model;
    this.backOffMs = backOffMs;
    this.bulkhead =
        Bulkhead.of(
            settings.name(),
            BulkheadConfig.custom()
                .maxConcurrentCalls(settings.concurrent())
                // Whoever waited longer would have no time left for the answer.
                .maxWaitDuration(settings.timeout().dividedBy(2))
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
                .recordException(thrown -> Failure.of(thrown).unwell())
                .ignoreException(thrown -> Failure.of(thrown) instanceof Cancelled)
                .build());
  }

  public Identity identity() {
    return new Identity(settings.name(), settings.provider(), settings.model());
  }

  /// The model itself, with none of what calls are held to but the bound on an answer's size.
  public ChatModel model() {
    return model;
  }

  public int underWay() {
    return bulkhead.getBulkheadConfig().getMaxConcurrentCalls()
        - bulkhead.getMetrics().getAvailableConcurrentCalls();
  }

  /// Answers or fails within the model's time-out.
  ///
  /// @throws ModelFailure where no answer came
  public ChatResponse chat(ChatRequest request) {
    return chat(request, settings.timeout());
  }

  /// Answers or fails in time. The thread that asks may be interrupted, which ends the call.
  ///
  /// @param within in all; the model's time-out holds where it is shorter
  /// @throws ModelFailure where no answer came
  public ChatResponse chat(ChatRequest request, Duration within) {
    var time = Time.of(within.compareTo(settings.timeout()) < 0 ? within : settings.timeout());
    var call = new FutureTask<>(() -> withPlace(request, time));
    var thread = Thread.ofVirtual().name("model-" + settings.name()).start(call);
    try {
      return call.get(time.withinNs(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw new ModelFailure(Failure.of(failed.getCause()));
    } catch (TimeoutException late) {
      thread.interrupt();
      throw new ModelFailure(new TimedOut());
    } catch (InterruptedException leaving) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new ModelFailure(new Cancelled());
    }
  }

  /// What a call has.
  private record Time(long beganNs, long withinNs) {
    static Time of(Duration within) {
      return new Time(System.nanoTime(), within.toNanos());
    }

    long leftNs() {
      return withinNs - (System.nanoTime() - beganNs);
    }
  }

  /// A model that goes on after its time keeps its place: the bound is on what is under way.
  private ChatResponse withPlace(ChatRequest request, Time time) throws InterruptedException {
    if (!bulkhead.tryAcquirePermission()) throw new ModelFailure(new Busy(settings.concurrent()));
    try {
      return tried(request, time);
    } finally {
      bulkhead.onComplete();
    }
  }

  private ChatResponse tried(ChatRequest request, Time time) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return once(request, time);
      } catch (ModelFailure told) {
        var pause = pause(told.failure(), tries);
        boolean inTime = pause.toNanos() < time.leftNs();
        if (tries >= settings.attempts() || !told.failure().passing() || !inTime) throw told;
        Thread.sleep(pause);
      }
    }
  }

  private Duration pause(Failure failure, int tries) {
    var own = Duration.ofMillis(backOffMs.apply(tries));
    return failure instanceof Overloaded(_, _, var asked) && asked.compareTo(own) > 0 ? asked : own;
  }

  private ChatResponse once(ChatRequest request, Time time) {
    if (!breaker.tryAcquirePermission()) throw new ModelFailure(new Resting());
    long fromNs = System.nanoTime();
    try {
      var response = model.chat(request);
      if (response == null || response.aiMessage() == null) {
        throw new ModelFailure(new Malformed("no message"));
      }
      breaker.onSuccess(System.nanoTime() - fromNs, TimeUnit.NANOSECONDS);
      return response;
    } catch (RuntimeException | LinkageError | StackOverflowError thrown) {
      var failure = new ModelFailure(meaning(thrown, time));
      breaker.onError(System.nanoTime() - fromNs, TimeUnit.NANOSECONDS, failure);
      throw failure;
    }
  }

  /// A thread is interrupted when its time is up, or before because nobody wants the answer.
  private Failure meaning(Throwable thrown, Time time) {
    if (!Thread.currentThread().isInterrupted()) return Failure.of(thrown);
    return time.leftNs() <= 0 ? new TimedOut() : new Cancelled();
  }
}
