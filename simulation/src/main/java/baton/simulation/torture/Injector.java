package baton.simulation.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Does what a [Storm] says, and makes everything whole again.
///
/// @param readyMax how long after it every node has to be ready
/// @param killing is told of each node before it is killed
record Injector(Ground ground, Duration readyMax, Consumer<NodeProcess> killing) {
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
      case DISK_FULL -> {
        ground.fillDisk();
        Await.pass(fault.millis());
        ground.freeDisk();
      }
      case CUT_OFF -> bad(toDatabase(fault), Wire.State.CUT, fault.millis());
      case SILENCE -> bad(toDatabase(fault), Wire.State.SILENT, fault.millis());
      case HALF_OPEN -> bad(toDatabase(fault), Wire.State.HALF_OPEN, fault.millis());
      case SLOW -> bad(toDatabase(fault), Wire.State.SLOW, fault.millis());
      case FLAPPING -> flap(toDatabase(fault), fault.millis());
      case APART -> bad(both(fault), Wire.State.CUT, fault.millis());
      case APART_SILENTLY -> bad(both(fault), Wire.State.SILENT, fault.millis());
      case APART_SLOWLY -> bad(both(fault), Wire.State.SLOW, fault.millis());
      case APART_FLAPPING -> flap(both(fault), fault.millis());
      case DEAF -> bad(fromOthers(fault), Wire.State.SILENT, fault.millis());
      case MUTE -> bad(toOthers(fault), Wire.State.SILENT, fault.millis());
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

  private Consumer<Wire.State> toDatabase(Fault fault) {
    return ground.toDatabase(fault.node())::is;
  }

  private Consumer<Wire.State> fromOthers(Fault fault) {
    return ground.toNode(fault.node())::is;
  }

  private Consumer<Wire.State> toOthers(Fault fault) {
    var caller = Wire.caller(fault.node());
    return state -> {
      for (var node : ground.nodes()) ground.toNode(node.number()).is(caller, state);
    };
  }

  private Consumer<Wire.State> both(Fault fault) {
    return fromOthers(fault).andThen(toOthers(fault));
  }

  private static void bad(Consumer<Wire.State> way, Wire.State state, int millis) {
    way.accept(state);
    Await.pass(millis);
    way.accept(Wire.State.WHOLE);
  }

  private static void flap(Consumer<Wire.State> way, int millis) {
    for (int passed = 0; passed < millis; passed += 2 * FLAP_MILLIS) {
      bad(way, Wire.State.CUT, FLAP_MILLIS);
      Await.pass(FLAP_MILLIS);
    }
  }

  /// A node that has ended is started again, as whatever supervises it would.
  void allReady() {
    allReady(readyMax);
  }

  /// @param max how long it may take them
  /// @throws Unmet where one of them is not in time, with its last words
  void allReady(Duration max) {
    boolean ready =
        Await.until(
            max,
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
        node.tellThreads();
        throw new Unmet(
            "node %d was not ready %d s after everything had healed; it wrote last: %s"
                .formatted(node.number(), max.toSeconds(), node.lastWords()));
      }
    }
  }
}
