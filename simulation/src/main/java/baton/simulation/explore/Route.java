package baton.simulation.explore;

import java.util.ArrayList;
import java.util.List;

/// Finds the way to a world again, by taking the same steps.
final class Route {
  /// A step as it was taken.
  ///
  /// @param node `A` or `B`, or empty where it was the outside world's
  record Taken(String node, String deed, World before, World after) {}

  private final Machine machine;
  private final List<Taken> toStation = new ArrayList<>();
  private World start;

  /// Which of the two is which: worlds that differ in nothing else are the same.
  private boolean swapped;

  Route(Machine machine, Station station, Bounds bounds) {
    this.machine = machine;
    int messages = (int) station.way().stream().filter(way -> way.contains("buyer says")).count();
    start =
        machine.blank(
            new World.Left(
                bounds.messagesMax() + messages,
                bounds.takeOversMax(),
                bounds.crashesMax(),
                bounds.silencesMax()));
    for (var deed : station.way()) start = settled(said(start, deed));
  }

  World start() {
    return start;
  }

  /// How many steps there were before the exploration began.
  int length() {
    return toStation.size();
  }

  /// @param choice the last step, from the world of that number
  List<Taken> to(Seen seen, int number, int choice) {
    var choices = new ArrayList<Integer>(List.of(choice));
    for (int at = number; seen.parent(at) >= 0; at = seen.parent(at)) {
      choices.addFirst(seen.choice(at));
    }
    var taken = new ArrayList<>(toStation);
    var world = start;
    for (int which : choices) {
      var all = new ArrayList<Taken>();
      machine.moves(world, collecting(world, all));
      taken.add(all.get(which));
      world = ordered(all.get(which).after());
    }
    return taken;
  }

  private World said(World world, String deed) {
    var all = new ArrayList<Taken>();
    machine.moves(world, collecting(world, all));
    var meant = all.stream().filter(step -> step.deed().startsWith(deed)).findFirst();
    toStation.add(meant.orElseThrow(() -> new IllegalStateException("there is no way: " + deed)));
    return ordered(meant.get().after());
  }

  private World settled(World world) {
    while (true) {
      var all = new ArrayList<Taken>();
      int first = world.a().isUp() ? 0 : 1;
      machine.unfinished(world, first, collecting(world, all));
      if (all.isEmpty()) return world;
      toStation.add(all.getFirst());
      world = ordered(all.getFirst().after());
    }
  }

  private Moves collecting(World world, List<Taken> all) {
    return (node, next, deed, _) -> {
      String name = node == Moves.OUTSIDE ? "" : (node == 0) != swapped ? "A" : "B";
      all.add(new Taken(name, deed.get(), world, next));
    };
  }

  private World ordered(World world) {
    if (world.isOrdered()) return world;
    swapped = !swapped;
    return world.swapped();
  }
}
