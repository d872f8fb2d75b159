package baton.simulation.torture;

import java.io.IOException;
import java.time.Duration;

/// Does what a [Fault] says, and makes everything whole again.
record Injector(Ground ground) {
  private static final Duration READY_MAX = Duration.ofSeconds(90);
  private static final int FLAP_MILLIS = 300;

  /// Until it has healed; nodes may still be coming back then.
  void inject(Fault fault) throws IOException {
    switch (fault.kind()) {
      case NODE_KILLED -> {
        var node = ground.node(fault.node());
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
      case ROLLING_RESTART -> roll();
    }
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

  /// One after the other, as the guide to updating says.
  private void roll() {
    for (var node : ground.nodes()) {
      if (!node.stop()) throw new Unmet("node " + node.number() + " did not stop within 60 s");
      node.start();
      allReady();
    }
  }

  /// A node that has ended is started again, as whatever supervises it would.
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
