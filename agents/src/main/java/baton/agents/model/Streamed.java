package baton.agents.model;

import baton.agents.Thought;
import baton.agents.Thoughts;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/// An answer that a model goes on with while its first sentences are decided and said. It has a
/// thread of its own, which ends with it.
final class Streamed implements Thoughts {
  private final BlockingQueue<Callable<Thought>> given = new LinkedBlockingQueue<>();
  private final Function<Consumer<Thought>, Thought> thinking;
  private Thread thread;
  private boolean over;

  /// @param thinking hands out parts, and returns the last
  Streamed(Function<Consumer<Thought>, Thought> thinking) {
    this.thinking = thinking;
  }

  @Override
  public Thought next() {
    if (thread == null) thread = Thread.ofVirtual().name("streamed").start(this::think);
    if (over) throw new IllegalStateException("this answer is over");
    try {
      var thought = given.take().call();
      over = !thought.goesOn();
      return thought;
    } catch (InterruptedException leaving) {
      close();
      Thread.currentThread().interrupt();
      throw new CompletionException(leaving);
    } catch (Exception failed) {
      over = true;
      throw new CompletionException(failed);
    }
  }

  private void think() {
    var last = new FutureTask<>(() -> thinking.apply(part -> given.add(() -> part)));
    last.run();
    given.add(last::get);
  }

  @Override
  public void close() {
    if (thread != null) thread.interrupt();
  }
}
