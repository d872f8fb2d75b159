package baton.simulation.explore;

import baton.simulation.explore.ExplorationReport.Counterexample;
import baton.simulation.explore.ExplorationReport.Explored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    var walk = new Walk();
    walk.begin(route.start());
    var levels = new ArrayList<Integer>(List.of(1));
    while (walk.mayGoOn() && levels.size() <= bounds.depthMax()) {
      walk.level();
      if (!walk.reached.isEmpty()) levels.add(walk.reached.size());
      progress.accept(
          new Progress(
              station.name(),
              levels.size() - 1,
              walk.seen.size(),
              walk.transitions,
              walk.reached.size()));
    }
    explored.add(
        new Explored(station.name(), levels, walk.transitions, walk.left + walk.reached.size()));
    if (walk.broken.isEmpty()) return;
    var way = route.to(walk.seen, walk.parent, walk.choice);
    var lines = new Transcript(machine).of(way, route.length());
    int steps = way.size() - route.length();
    counterexample = Optional.of(new Counterexample(station.name(), walk.broken, steps, lines));
  }

  /// Goes from level to level, each world once.
  private final class Walk implements Moves {
    private final Seen seen = new Seen();
    private List<World> reached = new ArrayList<>();
    private long transitions;

    /// Worlds of an earlier level that the bound on states has left behind.
    private int left;

    // the step that was taken last
    private int parent = -1;
    private int choice;
    private String broken = "";

    private void begin(World world) {
      seen.add(world, -1, 0);
      reached.add(world);
    }

    private boolean mayGoOn() {
      return !reached.isEmpty() && broken.isEmpty() && !isFull();
    }

    private boolean isFull() {
      return seen.size() >= bounds.statesMax();
    }

    private void level() {
      var level = reached;
      int first = seen.size() - level.size();
      reached = new ArrayList<>(level.size() * 2);
      for (int i = 0; i < level.size(); i++) {
        if (!broken.isEmpty() || isFull()) {
          left = level.size() - i;
          return;
        }
        parent = first + i;
        choice = -1;
        machine.moves(level.set(i, null), this);
      }
    }

    @Override
    public void next(int node, World world, Supplier<String> deed, String property) {
      if (!broken.isEmpty()) return;
      choice++;
      transitions++;
      broken = property;
      if (!broken.isEmpty()) return;
      var ordered = world.isOrdered() ? world : world.swapped();
      if (!seen.add(ordered, parent, choice)) return;
      broken = machine.laws.atRest(machine.effects.table, machine.decisions, ordered);
      reached.add(ordered);
    }
  }
}
