package baton.simulation.explore;

import java.util.ArrayList;
import java.util.List;

/// Finds the way to a world again, by taking the same steps.
final class Route {
  /// A step as it was taken.
  ///
  /// @param node `A` or `B`, or empty where it was the outside world's
  record Taken(String node, String deed, World before, World after, boolean swapped) {}

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
    for (var deed : station.way()) start = step(toStation, start, deed, -1);
  }

  World start() {
    return start;
  }

  /// @param choice the last step, from the world of that number
  List<Taken> to(Seen seen, int number, int choice) {
    var choices = new ArrayList<Integer>(List.of(choice));
    for (int at = number; seen.parent(at) >= 0; at = seen.parent(at)) {
      choices.addFirst(seen.choice(at));
    }
    var taken = new ArrayList<>(toStation);
    var world = start;
    for (int which : choices) world = step(taken, world, "", which);
    return taken;
  }

  /// @param which the step of that number; -1 for the first node's first deed that begins so
  private World step(List<Taken> taken, World world, String deed, int which) {
    var found = new ArrayList<Taken>(1);
    int[] count = {-1};
    machine.moves(
        world,
        (node, next, told, _) -> {
          count[0]++;
          boolean meant =
              which < 0 ? node == 0 && told.get().startsWith(deed) : count[0] == which;
          if (!meant || !found.isEmpty()) return;
          String name = node < 0 ? "" : (node == 0) != swapped ? "A" : "B";
          found.add(new Taken(name, told.get(), world, next, swapped));
        });
    if (found.isEmpty()) throw new IllegalStateException("no such step: " + deed + which);
    taken.add(found.getFirst());
    var next = found.getFirst().after();
    if (next.isOrdered()) return next;
    swapped = !swapped;
    return next.swapped();
  }
}
