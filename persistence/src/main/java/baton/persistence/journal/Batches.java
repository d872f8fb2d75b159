package baton.persistence.journal;

import baton.persistence.db.Backlog;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Puts what many ask of the database at the same time into one piece of work.
final class Batches<Q, A> implements AutoCloseable {
  /// Asks the database. Blocks.
  interface Work<Q, A> {
    /// @return an answer for each question, in their order
    List<A> on(List<Q> questions) throws SQLException;
  }

  private record Asked<Q, A>(Q question, CompletableFuture<A> answer) {}

  private final Backlog<Asked<Q, A>> waiting;
  private final Predicate<SQLException> isOfOne;
  private final Work<Q, A> work;
  private final List<Thread> threads;
  private volatile boolean closed;

  /// @param threads how many batches may be under way at a time
  /// @param most in a batch
  /// @param isOfOne whether a failure is one question's, and the others' batch to be tried without
  ///   it
  Batches(String name, int threads, int most, Predicate<SQLException> isOfOne, Work<Q, A> work) {
    this.waiting = new Backlog<>(most);
    this.isOfOne = isOfOne;
    this.work = work;
    this.threads =
        IntStream.rangeClosed(1, threads)
            .mapToObj(n -> Thread.ofPlatform().name(name + "-" + n).daemon().start(this::run))
            .toList();
  }

  /// Completes with what the work answers. It fails where the work does, where too much waits, and
  /// once this is closed.
  CompletableFuture<A> ask(Q question) {
    var asked = new Asked<Q, A>(question, new CompletableFuture<>());
    if (closed || !waiting.offer(asked)) {
      asked.answer.completeExceptionally(
          new IllegalStateException("the journal is closed, or too much waits for it"));
    }
    return asked.answer;
  }

  private void run() {
    while (!closed) {
      try {
        answer(waiting.next());
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  private void answer(List<Asked<Q, A>> batch) {
    try {
      var answers = work.on(batch.stream().map(Asked::question).toList());
      for (int i = 0; i < batch.size(); i++) batch.get(i).answer.complete(answers.get(i));
    } catch (SQLException failure) {
      int half = batch.size() / 2;
      if (half > 0 && isOfOne.test(failure)) {
        answer(batch.subList(0, half));
        answer(batch.subList(half, batch.size()));
      } else {
        fail(batch, failure);
      }
    } catch (RuntimeException | Error fault) {
      // Whatever it is: without this thread nothing would be asked any more.
      fail(batch, fault);
    }
  }

  private void fail(List<Asked<Q, A>> batch, Throwable failure) {
    batch.forEach(asked -> asked.answer.completeExceptionally(failure));
  }

  /// Ends with what is under way; what still waits is never taken up.
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
