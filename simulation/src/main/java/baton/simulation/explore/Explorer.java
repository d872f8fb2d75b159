package baton.simulation.explore;

import baton.simulation.explore.ExplorationReport.Counterexample;
import baton.simulation.explore.ExplorationReport.Explored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Tries everything that two nodes, a buyer, agents, people and faults can do within bounds, over
/// the real kernel, breadth first: the first way found to a broken property is a shortest one.
public final class Explorer {
  private final Bounds bounds;
  private final Consumer<Progress> progress;
  private final Machine machine;
  private final List<Explored> explored = new ArrayList<>();
  private Optional<Counterexample> counterexample = Optional.empty();

  Explorer(Bounds bounds, Shell shell, Consumer<Progress> progress) {
    this.bounds = bounds;
    this.progress = progress;
    this.machine = new Machine(shell, bounds);
  }

  /// @param progress is told after each level
  public static ExplorationReport explore(Bounds bounds, Consumer<Progress> progress) {
    return new Explorer(bounds, new Shell(), progress).explore(Station.ALL);
  }

  ExplorationReport explore(List<Station> stations) {
    for (var station : stations) {
      if (counterexample.isEmpty()) explore(station);
    }
    return new ExplorationReport(
        bounds,
        explored,
        machine.decisions.questions(),
        machine.decisions.states(),
        counterexample);
  }

  private void explore(Station station) {
    var route = new Route(machine, station, bounds);
    var seen = new Seen();
    List<World> level = new ArrayList<>(List.of(route.start()));
    seen.add(route.start(), -1, 0);
    var levels = new ArrayList<Integer>(List.of(1));
    var walk = new Walk(seen);
    int first = 0;
    while (!level.isEmpty() && levels.size() <= bounds.depthMax()) {
      walk.next = new ArrayList<>(level.size() * 2);
      for (int i = 0; i < level.size() && walk.broken.isEmpty(); i++) {
        walk.from(first + i, level.set(i, null));
        if (seen.size() >= bounds.statesMax()) break;
      }
      first += level.size();
      level = walk.next;
      if (!level.isEmpty()) levels.add(level.size());
      progress.accept(
          new Progress(
              station.name(), levels.size() - 1, seen.size(), walk.transitions, level.size()));
      if (!walk.broken.isEmpty()) {
        var ways = route.to(seen, walk.parent, walk.choice);
        int steps = ways.size() - station.way().size();
        counterexample =
            Optional.of(
                new Counterexample(
                    station.name(), walk.broken, steps, new Transcript(machine).of(ways)));
        break;
      }
      if (seen.size() >= bounds.statesMax()) break;
    }
    explored.add(new Explored(station.name(), levels, walk.transitions, level.size()));
  }

  /// Goes on from one world after the other.
  private final class Walk implements Moves {
    private final Seen seen;
    private List<World> next = List.of();
    private long transitions;
    private int parent;
    private int choice;
    private String broken = "";

    private Walk(Seen seen) {
      this.seen = seen;
    }

    private void from(int number, World world) {
      parent = number;
      choice = -1;
      machine.moves(world, this);
    }

    @Override
    public void next(
        int node, World world, java.util.function.Supplier<String> deed, String property) {
      if (!broken.isEmpty()) return;
      choice++;
      transitions++;
      broken = property;
      if (!broken.isEmpty()) return;
      var ordered = world.isOrdered() ? world : world.swapped();
      if (!seen.add(ordered, parent, choice)) return;
      broken = machine.laws.atRest(machine.effects, machine.decisions, ordered);
      next.add(ordered);
    }
  }
}
