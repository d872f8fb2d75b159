package baton.simulation.torture;

/// Something that is done to a node, to the database or to what is between them.
///
/// @param node which, from 1; 0 where it is about all of them
/// @param afterMillis how long after its [Storm] began
/// @param millis how long it lasts
record Fault(Kind kind, int node, int afterMillis, int millis) {
  /// What is hit: by one fault at a time.
  enum Target {
    NODE,
    /// What is between a node and the database.
    WAY_TO_DATABASE,
    DATABASE,
    ALL
  }

  enum Kind {
    NODE_KILLED("node killed", Target.NODE, 100, 5_000),
    NODE_FROZEN_BRIEFLY("node frozen, briefly", Target.NODE, 500, 4_000),
    /// Longer than every time-out: the others have put it out when it goes on.
    NODE_FROZEN("node frozen", Target.NODE, 15_000, 20_000),
    NODE_RESTARTED("node restarted", Target.NODE, 1, 1),
    DATABASE_KILLED("database killed", Target.DATABASE, 100, 4_000),
    CUT_OFF("node cut off from the database", Target.WAY_TO_DATABASE, 1_000, 12_000),
    FLAPPING("connections flapping", Target.WAY_TO_DATABASE, 1_000, 5_000),
    SILENCE("connections silent", Target.WAY_TO_DATABASE, 1_000, 15_000),
    HALF_OPEN("connections half open", Target.WAY_TO_DATABASE, 1_000, 15_000),
    SLOW("connections slow", Target.WAY_TO_DATABASE, 2_000, 6_000),
    ROLLING_RESTART("rolling restart", Target.ALL, 1, 1);

    private final String words;
    final Target target;
    final int millisMin;
    final int millisMax;

    Kind(String words, Target target, int millisMin, int millisMax) {
      this.words = words;
      this.target = target;
      this.millisMin = millisMin;
      this.millisMax = millisMax;
    }

    String words() {
      return words;
    }

    /// Whether little else can be done in the time that it takes.
    boolean isRare() {
      return this == NODE_FROZEN || this == ROLLING_RESTART;
    }
  }

  boolean overlaps(Fault other) {
    return afterMillis <= other.afterMillis + other.millis
        && other.afterMillis <= afterMillis + millis;
  }

  /// `node 2 · connections silent, 3.4 s`
  @Override
  public String toString() {
    var lasting = millis < 10 ? "" : ", %.1f s".formatted(millis / 1_000.0);
    return (node == 0 ? "all" : "node " + node) + " · " + kind.words + lasting;
  }
}
