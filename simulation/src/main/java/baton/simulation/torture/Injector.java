package baton.simulation.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Does what a [Storm] says, and makes everything whole again.
///
/// @param killing is told of each node before it is killed
record Injector(Ground ground, Consumer<NodeProcess> killing) {
  static final Duration READY_MAX = Duration.ofSeconds(90);
  private static final int FLAP_MILLIS = 300;

  /// Until all of it has healed; nodes may still be coming back then.
  void inject(Storm storm) throws IOException {
    try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          storm.faults().stream()
              .map(fault ->
                  each.submit(() -> {
                    Await.pass(fault.afterMillis());
                    inject(fault);
                    return fault;
                  }))
              .toList();
      for (var one : all) over(one);
    }
  }

  private static void over(Future<Fault> fault) throws IOException {
    try {
      fault.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unmet -> throw unmet;
        case Throwable other -> throw new IllegalStateException(other);
      }
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }

  private void inject(Fault fault) throws IOException {
    switch (fault.kind()) {
      case NODE_KILLED -> {
        var node = ground.node(fault.node());
        killing.accept(node);
        node.kill();
        Await.pass(fault.millis());
        node.start();
      }
      case NODE_FROZEN, NODE_FROZEN_BRIEFLY -> {
        var node = ground.node(fault.node());
        node.freeze();
        Await.pass(fault.millis());
        node.thaw();
      }
      case NODE_RESTARTED -> restart(ground.node(fault.node()));
      case DATABASE_KILLED -> {
        ground.killDatabase();
        Await.pass(fault.millis());
        ground.restartDatabase();
      }
      case CUT_OFF -> wireIs(fault, Wire.State.CUT);
      case SILENCE -> wireIs(fault, Wire.State.SILENT);
      case HALF_OPEN -> wireIs(fault, Wire.State.HALF_OPEN);
      case SLOW -> wireIs(fault, Wire.State.SLOW);
      case FLAPPING -> flap(fault);
      case ROLLING_RESTART -> {
        // One after the other, as the guide to updating says.
        for (var node : ground.nodes()) {
          restart(node);
          allReady();
        }
      }
    }
  }

  private static void restart(NodeProcess node) {
    if (!node.stop()) throw new Unmet("node " + node.number() + " did not stop within 60 s");
    node.start();
  }

  private void wireIs(Fault fault, Wire.State state) {
    var wire = ground.wire(fault.node());
    wire.is(state);
    Await.pass(fault.millis());
    wire.is(Wire.State.WHOLE);
  }

  private void flap(Fault fault) {
    var wire = ground.wire(fault.node());
    for (int passed = 0; passed < fault.millis(); passed += 2 * FLAP_MILLIS) {
      wire.is(Wire.State.CUT);
      Await.pass(FLAP_MILLIS);
      wire.is(Wire.State.WHOLE);
      Await.pass(FLAP_MILLIS);
    }
  }

  /// A node that has ended is started again, as whatever supervises it would.
  ///
  /// @throws Unmet where one of them is not in time, with its last words
  void allReady() {
    boolean ready =
        Await.until(
            READY_MAX,
            () -> {
              boolean all = true;
              for (var node : ground.nodes()) {
                if (!node.isAlive()) node.start();
                all &= node.isReady();
              }
              return all;
            });
    if (ready || Thread.currentThread().isInterrupted()) return;
    for (var node : ground.nodes()) {
      if (!node.isReady()) {
        throw new Unmet(
            "node %d was not ready %d s after everything had healed: %s"
                .formatted(node.number(), READY_MAX.toSeconds(), node.lastWords()));
      }
    }
  }
}
