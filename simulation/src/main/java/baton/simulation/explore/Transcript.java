package baton.simulation.explore;

import baton.handoff.Lease;
import baton.handoff.State;
import java.util.ArrayList;
import java.util.List;

/// A way through the worlds, to be read: who did what, what became durable, who holds.
final class Transcript {
  private final Machine machine;

  Transcript(Machine machine) {
    this.machine = machine;
  }

  List<String> of(List<Route.Taken> way) {
    var lines = new ArrayList<String>();
    int number = 0;
    for (var step : way) {
      String who = step.node().isEmpty() ? "-" : step.node();
      lines.add("%3d  %s  %s".formatted(++number, who, step.deed()));
      var before = step.before();
      var after = step.after();
      if (before.journal() != after.journal()) {
        long first = seq(before) + 1;
        lines.add(
            "        journal %d to %d; %s".formatted(first, seq(after), holds(after.journal())));
      }
      if (before.row() != after.row()) lines.add("        row " + after.row());
    }
    return lines;
  }

  private long seq(World world) {
    return machine.decisions.state(world.journal()).seq();
  }

  private String holds(int journal) {
    var state = machine.decisions.state(journal);
    String closed = state instanceof State.Closed ? ", closed" : "";
    return switch (Decisions.live(state).lease()) {
      case Lease.Held(var role, var epoch) -> role + " holds, epoch " + epoch + closed;
      case Lease.Passing passing ->
          "passing from %s to %s, epoch %d"
              .formatted(passing.from(), passing.to(), passing.epoch());
      case Lease.WithHuman(_, _, var epoch) -> "an operator holds, epoch " + epoch + closed;
      case Lease.Nobody(_, _, var epoch) -> "nobody holds, epoch " + epoch + closed;
    };
  }
}
