package baton.simulation.torture;

/// Something that is done to a node, to the database or to what is between them.
///
/// @param node which, from 1; 0 where it is about all of them
/// @param millis how long it lasts
/// @param calmMillis how long nothing else is done afterwards
record Fault(Kind kind, int node, int millis, int calmMillis) {
  enum Kind {
    NODE_KILLED("node killed", 0, 5_000),
    NODE_FROZEN_BRIEFLY("node frozen, briefly", 500, 4_000),
    /// Longer than every time-out: the others have put it out when it goes on.
    NODE_FROZEN("node frozen", 15_000, 20_000),
    DATABASE_KILLED("database killed", 0, 4_000),
    CUT_OFF("node cut off from the database", 1_000, 12_000),
    FLAPPING("connections flapping", 1_000, 5_000),
    SILENCE("connections silent", 1_000, 15_000),
    HALF_OPEN("connections half open", 1_000, 15_000),
    SLOW("connections slow", 2_000, 6_000),
    ROLLING_RESTART("rolling restart", 0, 1);

    private final String words;
    final int millisMin;
    final int millisMax;

    Kind(String words, int millisMin, int millisMax) {
      this.words = words;
      this.millisMin = millisMin;
      this.millisMax = millisMax;
    }

    String words() {
      return words;
    }

    boolean isOfOneNode() {
      return switch (this) {
        case NODE_KILLED,
            NODE_FROZEN_BRIEFLY,
            NODE_FROZEN,
            CUT_OFF,
            FLAPPING,
            SILENCE,
            HALF_OPEN,
            SLOW ->
            true;
        case DATABASE_KILLED, ROLLING_RESTART -> false;
      };
    }
  }

  /// `node 2 · connections silent, 3.4 s`
  @Override
  public String toString() {
    var lasting = millis == 0 ? "" : ", %.1f s".formatted(millis / 1_000.0);
    return (node == 0 ? "all" : "node " + node) + " · " + kind.words + lasting;
  }
}
