package baton.simulation.explore;

import baton.handoff.Command;
import baton.handoff.Lease;
import baton.handoff.Outcome;
import baton.handoff.State;
import baton.handoff.action.Action;
import java.util.ArrayList;
import java.util.List;

/// A way through the worlds, to be read: who did what, what became durable, who holds.
final class Transcript {
  private final Machine machine;

  Transcript(Machine machine) {
    this.machine = machine;
  }

  /// @param station how many steps lead to where the exploration began
  List<String> of(List<Route.Taken> way, int station) {
    var lines = new ArrayList<String>();
    int number = 0;
    for (var step : way) {
      if (number == station) lines.add("  -- from here on everything is tried");
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

  // --- what a node is told

  static String named(Command command) {
    return switch (command) {
      case Command.Hear hear -> "the buyer says " + hear.signals().getFirst().name();
      case Command.Answer answer ->
          answer.role()
              + " answers "
              + String.join(" and ", answer.actions().stream().map(Transcript::named).toList());
      case Command.Settle settle ->
          "hears of claim " + settle.claim() + ": " + named(settle.outcome());
      case Command.Unclaimed unclaimed -> "hears of a permit not claimed: " + unclaimed.reason();
      case Command other -> other.getClass().getSimpleName();
    };
  }

  private static String named(Action action) {
    return action instanceof Action.Concede(_, var percent)
        ? "concede " + percent + "%"
        : action.kind();
  }

  private static String named(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Confirmed _ -> "done";
      case Outcome.Failed(var reason) -> reason;
      case Outcome.Unknown _ -> "nobody knows";
    };
  }
}
