package baton.runtime;

import baton.handoff.port.Claims;
import baton.persistence.db.Backlog;
import baton.persistence.db.Outage;
import baton.runtime.observe.Metrics;
import baton.runtime.observe.Traces;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what many conversations ask of the claims into one transaction each.
///
/// What the database does not answer is not answered: the caller is told of the failure and still
/// owes the call.
final class ClaimBatcher implements Claiming, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimBatcher.class);
  private static final int BATCH_MAX = 200;

  private sealed interface Request {
    CompletableFuture<?> done();
  }

  /// @param asked when, by the clock of the metrics
  /// @param place in a trace
  private record Claim(
      Claims.Request request, CompletableFuture<Claims.Answer> done, long asked, String place)
      implements Request {}

  private record Advance(Claims.Authority row, CompletableFuture<Void> done) implements Request {}

  private record Settle(Claims.Settlement settlement, CompletableFuture<Void> done)
      implements Request {}

  private final Claims claims;
  private final BooleanSupplier halted;
  private final Metrics metrics;
  private final Traces traces;
  private final Backlog<Request> waiting = new Backlog<>(BATCH_MAX);
  private final Thread thread;
  private volatile boolean closed;

  /// @param halted whether nothing may be claimed here at the moment
  ClaimBatcher(Claims claims, BooleanSupplier halted, Metrics metrics, Traces traces) {
    this.claims = claims;
    this.halted = halted;
    this.metrics = metrics;
    this.traces = traces;
    metrics.claimsWaiting(waiting::size);
    thread = Thread.ofPlatform().name("claims").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public CompletableFuture<Claims.Answer> claim(Claims.Request request) {
    return add(new Claim(request, new CompletableFuture<>(), metrics.now(), traces.here())).done();
  }

  @Override
  public CompletableFuture<Void> advance(Claims.Authority row) {
    return add(new Advance(row, new CompletableFuture<>())).done();
  }

  @Override
  public CompletableFuture<Void> settle(Claims.Settlement settlement) {
    return add(new Settle(settlement, new CompletableFuture<>())).done();
  }

  private <R extends Request> R add(R request) {
    if (closed || !waiting.offer(request)) {
      request.done().completeExceptionally(new IllegalStateException("too many claims wait"));
    }
    return request;
  }

  private void run() {
    while (!closed) {
      try {
        carryOut(waiting.next());
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    for (var left : waiting.left()) {
      left.done().completeExceptionally(new IllegalStateException("shutting down"));
    }
  }

  private void carryOut(List<Request> batch) {
    var advances = of(batch, Advance.class);
    var settles = of(batch, Settle.class);
    var claimed = of(batch, Claim.class);
    if (halted.getAsBoolean()) {
      claimed.forEach(
          claim -> claim.done().completeExceptionally(new IllegalStateException("halted")));
      claimed = List.of();
    }
    long began = metrics.now();
    try {
      var answers =
          claims.take(
              new Claims.Batch(
                  advances.stream().map(Advance::row).toList(),
                  settles.stream().map(Settle::settlement).toList(),
                  claimed.stream().map(Claim::request).toList()));
      advances.forEach(advance -> advance.done().complete(null));
      settles.forEach(settle -> settle.done().complete(null));
      for (int i = 0; i < answers.size(); i++) answered(claimed.get(i), answers.get(i));
      measured(Metrics.Work.ADVANCE, advances, began);
      measured(Metrics.Work.SETTLE, settles, began);
      measured(Metrics.Work.CLAIM, claimed, began);
    } catch (Outage outage) {
      int half = batch.size() / 2;
      if (half > 0 && outage.isOfData()) {
        carryOut(batch.subList(0, half));
        carryOut(batch.subList(half, batch.size()));
      } else {
        unanswered(batch, outage);
      }
    } catch (RuntimeException fault) {
      unanswered(batch, fault);
    }
  }

  private static void unanswered(List<Request> batch, RuntimeException outage) {
    LOG.warn("{} claims were not answered: {}", batch.size(), outage.getClass().getName());
    batch.forEach(request -> request.done().completeExceptionally(outage));
  }

  private void answered(Claim claim, Claims.Answer answer) {
    metrics.claim(answer, claim.asked());
    long nanos = metrics.now() - claim.asked();
    traces.claim(claim.place(), claim.request(), answer, nanos);
    claim.done().complete(answer);
  }

  private static <R extends Request> List<R> of(List<Request> batch, Class<R> type) {
    return batch.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// Of each kind what the call took, which is one for all.
  private void measured(Metrics.Work kind, List<? extends Request> requests, long began) {
    if (!requests.isEmpty()) metrics.batch(kind, requests.size(), began);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
