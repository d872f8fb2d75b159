package baton.runtime.models;

import baton.runtime.models.Failure.Busy;
import baton.runtime.models.Failure.Cancelled;
import baton.runtime.models.Failure.Malformed;
import baton.runtime.models.Failure.Overloaded;
import baton.runtime.models.Failure.Resting;
import baton.runtime.models.Failure.TimedOut;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

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
  private final Optional<StreamingChatModel> streaming;
  private final Bulkhead bulkhead;
  private final CircuitBreaker breaker;
  private final IntervalFunction backOffMs;

  /// Which model it was, for the record.
  ///
  /// @param name what policies call it
  public record Identity(String name, String provider, String model) {}

  /// @param streaming the same model, where it gives its text as it comes
  /// @param clock by which a server rests
  /// @param backOffMs how long to wait before the next try, from how many there were
  Reached(
      ModelSettings settings,
      ChatModel model,
      Optional<StreamingChatModel> streaming,
      Clock clock,
      IntervalFunction backOffMs) {
    this.settings = settings;
    this.model = model;
    this.streaming = streaming;
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

  /// Whether it gives its text as it comes.
  public boolean streams() {
    return streaming.isPresent();
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
    var time = Time.of(shorter(within, settings.timeout()));
    return called(
        () -> withPlace(() -> model.chat(request), () -> true, time),
        call -> call.get(time.leftNs(), TimeUnit.NANOSECONDS));
  }

  /// The same, with its text as it comes; whole, and none before, from a model that cannot do that.
  ///
  /// @param firstWithin how long its first word, or call, may take
  /// @param text gets each piece, on the thread that asks; what it throws ends the call
  /// @throws ModelFailure where no answer came
  public ChatResponse chat(
      ChatRequest request, Duration within, Duration firstWithin, Consumer<String> text) {
    if (streaming.isEmpty()) return chat(request, within);
    var time = Time.of(shorter(within, settings.timeout()));
    var pieces = new Pieces();
    return called(
        () -> {
          try {
            // What was handed out cannot be taken back: from then on nothing is tried again.
            return withPlace(
                () -> pieces.asked(streaming.get(), request), pieces::noneHasCome, time);
          } finally {
            pieces.end();
          }
        },
        call -> {
          pieces.handOut(text, time::leftNs, shorter(within, firstWithin).toNanos());
          return call.get();
        });
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// How the thread that asks waits for the one that calls.
  @FunctionalInterface
  private interface Waiting {
    ChatResponse on(Future<ChatResponse> call)
        throws ExecutionException, TimeoutException, InterruptedException;
  }

  private ChatResponse called(Callable<ChatResponse> asked, Waiting waiting) {
    var call = new FutureTask<>(asked);
    var thread = Thread.ofVirtual().name("model-" + settings.name()).start(call);
    try {
      return waiting.on(call);
    } catch (ExecutionException failed) {
      throw new ModelFailure(Failure.of(failed.getCause()));
    } catch (TimeoutException late) {
      thread.interrupt();
      throw new ModelFailure(new TimedOut());
    } catch (InterruptedException leaving) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new ModelFailure(new Cancelled());
    } catch (RuntimeException notWanted) {
      thread.interrupt();
      throw notWanted;
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
  private ChatResponse withPlace(
      Callable<ChatResponse> asking, BooleanSupplier mayTryAgain, Time time)
      throws InterruptedException {
    if (!bulkhead.tryAcquirePermission()) throw new ModelFailure(new Busy(settings.concurrent()));
    try {
      return tried(asking, mayTryAgain, time);
    } finally {
      bulkhead.onComplete();
    }
  }

  private ChatResponse tried(Callable<ChatResponse> asking, BooleanSupplier mayTryAgain, Time time)
      throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return once(asking, time);
      } catch (ModelFailure told) {
        var pause = pause(told.failure(), tries);
        boolean inTime = pause.toNanos() < time.leftNs();
        boolean again = told.failure().passing() && inTime && mayTryAgain.getAsBoolean();
        if (tries >= settings.attempts() || !again) throw told;
        Thread.sleep(pause);
      }
    }
  }

  private Duration pause(Failure failure, int tries) {
    var own = Duration.ofMillis(backOffMs.apply(tries));
    return failure instanceof Overloaded(_, _, var asked) && asked.compareTo(own) > 0 ? asked : own;
  }

  private ChatResponse once(Callable<ChatResponse> asking, Time time) {
    if (!breaker.tryAcquirePermission()) throw new ModelFailure(new Resting());
    long fromNs = System.nanoTime();
    try {
      var response = asking.call();
      if (response == null || response.aiMessage() == null) {
        throw new ModelFailure(new Malformed("no message"));
      }
      breaker.onSuccess(System.nanoTime() - fromNs, TimeUnit.NANOSECONDS);
      return response;
    } catch (Exception | LinkageError | StackOverflowError thrown) {
      var failure = new ModelFailure(meaning(thrown, time));
      breaker.onError(System.nanoTime() - fromNs, TimeUnit.NANOSECONDS, failure);
      throw failure;
    }
  }

  /// A thread is interrupted when its time is up, or before because nobody wants the answer.
  private Failure meaning(Throwable thrown, Time time) {
    boolean interrupted =
        thrown instanceof InterruptedException || Thread.currentThread().isInterrupted();
    if (!interrupted) return Failure.of(thrown);
    return time.leftNs() <= 0 ? new TimedOut() : new Cancelled();
  }
}
