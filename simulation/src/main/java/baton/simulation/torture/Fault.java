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
    WAY_TO_DATABASE,
    WAY_TO_OTHERS,
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
    DISK_FULL("database's disk full", Target.DATABASE, 500, 6_000),
    CUT_OFF("way to the database cut", Target.WAY_TO_DATABASE, 1_000, 12_000),
    FLAPPING("way to the database flapping", Target.WAY_TO_DATABASE, 1_000, 5_000),
    SILENCE("way to the database silent", Target.WAY_TO_DATABASE, 1_000, 15_000),
    HALF_OPEN("way to the database half open", Target.WAY_TO_DATABASE, 1_000, 15_000),
    SLOW("way to the database slow", Target.WAY_TO_DATABASE, 2_000, 6_000),
    APART("way to the others cut", Target.WAY_TO_OTHERS, 1_000, 12_000),
    APART_FLAPPING("way to the others flapping", Target.WAY_TO_OTHERS, 1_000, 5_000),
    APART_SILENTLY("way to the others silent", Target.WAY_TO_OTHERS, 1_000, 15_000),
    DEAF("hears none of the others", Target.WAY_TO_OTHERS, 1_000, 15_000),
    MUTE("heard by none of the others", Target.WAY_TO_OTHERS, 1_000, 15_000),
    APART_SLOWLY("way to the others slow", Target.WAY_TO_OTHERS, 2_000, 6_000),
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

    /// What a machine that does not let us do it is without.
    String needs() {
      return switch (target) {
        case WAY_TO_OTHERS -> "this machine has no address 127.0.0.2";
        case DATABASE -> "only root can mount a disk for it";
        case NODE, WAY_TO_DATABASE, ALL -> "not asked for";
      };
    }

    /// Whether this machine lets us do it.
    boolean isPossible() {
      return switch (target) {
        case NODE, WAY_TO_DATABASE, ALL -> true;
        case DATABASE -> this != DISK_FULL || Disk.isPossible();
        case WAY_TO_OTHERS -> Wire.tellsCallersApart();
      };
    }
  }

  boolean overlaps(Fault other) {
    return afterMillis <= other.afterMillis + other.millis
        && other.afterMillis <= afterMillis + millis;
  }

  /// `node 2 · way to the database silent, 3.4 s`
  @Override
  public String toString() {
    var lasting = millis < 10 ? "" : ", %.1f s".formatted(millis / 1_000.0);
    return (node == 0 ? "all" : "node " + node) + " · " + kind.words + lasting;
  }
}
