package baton.simulation.explore;

/// How far everything is tried. Each disturbance may come at any moment.
///
/// @param depthMax steps from where an exploration begins
/// @param statesMax from each station; bounds the memory
/// @param messagesMax of the buyer, from where an exploration begins
/// @param takeOversMax by an operator
/// @param pausesMax 0 or 1; each is followed by a resumption
/// @param policiesMax 0 or 1: whether another policy is activated
/// @param crashesMax of either node
/// @param ticksMax how often the clock moves past every deadline
/// @param silencesMax tools that do not answer in time
public record Bounds(
    int depthMax,
    int statesMax,
    int messagesMax,
    int takeOversMax,
    int pausesMax,
    int policiesMax,
    int crashesMax,
    int ticksMax,
    int silencesMax) {
  /// One of everything.
  public static Bounds depth(int depthMax) {
    return new Bounds(depthMax, 20_000_000, 1, 1, 1, 1, 1, 1, 1);
  }

  public Bounds {
    within("depthMax", depthMax, 1, 1_000);
    within("statesMax", statesMax, 1, 100_000_000);
    within("messagesMax", messagesMax, 0, 9);
    within("takeOversMax", takeOversMax, 0, 9);
    within("pausesMax", pausesMax, 0, 1);
    within("policiesMax", policiesMax, 0, 1);
    within("crashesMax", crashesMax, 0, 9);
    within("ticksMax", ticksMax, 0, 9);
    within("silencesMax", silencesMax, 0, 9);
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException("%s is %d to %d".formatted(name, least, most));
    }
  }
}
