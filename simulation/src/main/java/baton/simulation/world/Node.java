package baton.simulation.world;

import baton.handoff.ConversationId;
import baton.handoff.action.Canonical;
import baton.handoff.port.Claims;
import baton.handoff.port.Operators;
import baton.handoff.port.Tool;
import baton.runtime.Board;
import baton.runtime.Casting;
import baton.runtime.Claiming;
import baton.runtime.Dispatcher;
import baton.runtime.Shell;
import baton.simulation.world.Faults.Hop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One process: its supervisors and its dispatcher. What it holds is lost when it goes down; what
/// it sent before that still arrives.
final class Node {
  private static final Duration TOOL_TIMEOUT = Duration.ofSeconds(10);
  private static final long DATABASE_TIMEOUT_MILLIS = 1_000;

  /// What every node has around it.
  ///
  /// @param durable is told of each conversation in which something has become durable
  record Surroundings(
      Agenda agenda,
      Disk disk,
      Tool tools,
      Operators operators,
      Casting casting,
      Desks desks,
      Faults faults,
      Fences fences,
      Consumer<ConversationId> durable) {}

  private final Surroundings around;
  private final Board board;
  private final Shell shell;
  private final Map<String, Supervisor> supervisors = new HashMap<>();
  private boolean up = true;
  private long life;
  private long steps;
  private long callWaitMillis;

  /// What runs now was sent by a process that is gone.
  private boolean ghost;

  /// @param skew how far its clock is ahead of the world's
  Node(Surroundings around, Duration skew) {
    this.around = around;
    var disk = around.disk();
    InstantSource clock =
        skew.isZero() ? around.agenda() : () -> around.agenda().instant().plus(skew);
    var reads = new Lagging(disk, around.faults());
    board = new Board(reads, reads, reads, around.operators(), clock);
    var dispatcher =
        new Dispatcher(
            new OverTheNetwork(),
            disk.claims(),
            around.tools(),
            Canonical::json,
            this::call,
            TOOL_TIMEOUT,
            this::later);
    shell = new Shell(board, dispatcher, around.casting(), around.fences()::take);
  }

  Surroundings around() {
    return around;
  }

  Shell shell() {
    return shell;
  }

  Board board() {
    return board;
  }

  void countStep() {
    steps++;
  }

  /// How many commands its supervisors have decided.
  long steps() {
    return steps;
  }

  boolean isUp() {
    return up;
  }

  /// The supervisor of a conversation, started from its journal where it is not here yet.
  Supervisor supervisor(ConversationId id) {
    var known = supervisors.get(id.key());
    if (known != null) return known;
    var started = new Supervisor(this, id);
    supervisors.put(id.key(), started);
    started.start();
    return started;
  }

  /// Where one has left, or none is here, the next.
  Supervisor successor(ConversationId id, Supervisor left) {
    supervisors.remove(id.key(), left);
    return supervisor(id);
  }

  /// A conversation goes to sleep, unless something of it is being written.
  void passivate(ConversationId id) {
    var known = supervisors.get(id.key());
    if (known == null || known.isBusy()) return;
    supervisors.remove(id.key());
    known.stop();
  }

  void crash() {
    up = false;
    life++;
    supervisors.values().forEach(Supervisor::stop);
    supervisors.clear();
  }

  void start() {
    up = true;
  }

  // --- what is done in this process, and is lost with it

  void soon(Runnable work) {
    if (ghost) return;
    around.agenda().soon(ofThisLife(work));
  }

  void later(Duration wait, Runnable work) {
    in(wait.toMillis(), work);
  }

  void in(long millis, Runnable work) {
    if (ghost) return;
    around.agenda().in(millis, ofThisLife(work));
  }

  private Runnable ofThisLife(Runnable work) {
    long begun = life;
    return () -> {
      if (up && life == begun) work.run();
    };
  }

  /// A call to a tool, or a look-up. What is on its way takes place even if this process does not
  /// live to see it; then nothing follows from it here.
  private void call(Runnable work) {
    long wait = callWaitMillis;
    callWaitMillis = 0;
    long begun = life;
    around
        .agenda()
        .in(
            wait,
            () -> {
              ghost = life != begun || !up;
              if (!ghost || wait > 0) work.run();
              ghost = false;
            });
  }

  boolean isGhost() {
    return ghost;
  }

  // --- to the database and back

  /// @param transaction takes place at the database, even where this process goes down meanwhile
  /// @param then the answer, or empty where none came in time
  <T> void toDatabase(Hop hop, Supplier<T> transaction, Consumer<Optional<T>> then) {
    toDatabase(hop, (Consumer<T> answer) -> answer.accept(transaction.get()), then);
  }

  private <T> void toDatabase(
      Hop hop, Consumer<Consumer<T>> transaction, Consumer<Optional<T>> then) {
    if (ghost) return;
    var passage = around.faults().passage(hop, "");
    if (passage == Faults.Passage.SMOOTH) {
      transaction.accept(answer -> then.accept(Optional.of(answer)));
    } else if (!passage.arrives()) {
      in(DATABASE_TIMEOUT_MILLIS, () -> then.accept(Optional.empty()));
    } else {
      long begun = life;
      Consumer<T> back =
          answer -> {
            if (!up || life != begun) return;
            if (passage.answered()) soon(() -> then.accept(Optional.of(answer)));
            else in(DATABASE_TIMEOUT_MILLIS, () -> then.accept(Optional.empty()));
          };
      around.agenda().in(passage.waitMillis(), () -> transaction.accept(back));
    }
  }

  private final class OverTheNetwork implements Claiming {
    @Override
    public CompletableFuture<Claims.Answer> claim(Claims.Request request) {
      var future = new CompletableFuture<Claims.Answer>();
      toDatabase(
          Hop.CLAIM,
          (Consumer<Claims.Answer> back) ->
              around.fences().claim(around.disk(), request, around.agenda()::soon, back),
          answer -> {
            if (answer.isEmpty()) {
              future.completeExceptionally(new IllegalStateException("no answer"));
              return;
            }
            // Whoever asked is listening by then; what follows from a claim is its call.
            soon(() -> {
              callWaitMillis =
                  around.faults().passage(Hop.CALL, request.permit().kind()).waitMillis();
              future.complete(answer.get());
              callWaitMillis = 0;
            });
          });
      return future;
    }

    @Override
    public CompletableFuture<Void> advance(Claims.Authority row) {
      throw new IllegalStateException("authority is advanced by its supervisor");
    }

    @Override
    public CompletableFuture<Void> settle(Claims.Settlement settlement) {
      var future = new CompletableFuture<Void>();
      toDatabase(
          Hop.SETTLE,
          () -> {
            around.disk().settle(settlement);
            return true;
          },
          done -> {
            if (done.isPresent()) future.complete(null);
            else future.completeExceptionally(new IllegalStateException("no answer"));
          });
      return future;
    }
  }
}
