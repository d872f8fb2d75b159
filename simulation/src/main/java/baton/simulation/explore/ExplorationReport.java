package baton.simulation.explore;

import java.util.List;
import java.util.Optional;

/// What an exploration found.
///
/// @param questions different ones that the kernel was asked
/// @param journals different states of the conversation
/// @param counterexample the shortest one, where a property broke
public record ExplorationReport(
    Bounds bounds,
    List<Explored> stations,
    long questions,
    long journals,
    Optional<Counterexample> counterexample) {
  public ExplorationReport {
    stations = List.copyOf(stations);
  }

  /// What was explored from one station.
  ///
  /// @param levels how many new states there were at each depth, the first being the station itself
  /// @param frontier how many states were met and not gone on from; 0 where all was tried
  public record Explored(String station, List<Integer> levels, long transitions, int frontier) {
    public Explored {
      levels = List.copyOf(levels);
    }

    public long states() {
      return levels.stream().mapToLong(Integer::longValue).sum();
    }

    public int depth() {
      return levels.size() - 1;
    }
  }

  /// A way to a state in which a property is broken.
  ///
  /// @param property which, and why
  /// @param lines the steps, readable, from an empty journal on
  /// @param steps how many there were from the station on
  public record Counterexample(String station, String property, int steps, List<String> lines) {
    public Counterexample {
      lines = List.copyOf(lines);
    }
  }

  public long states() {
    return stations.stream().mapToLong(Explored::states).sum();
  }

  public long transitions() {
    return stations.stream().mapToLong(Explored::transitions).sum();
  }
}
