package baton.persistence.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong. Where something is wrong already, what follows from it is not said too.
public final class Problems {
  private final List<Problem> found = new ArrayList<>();
  private final Set<Place> places = new HashSet<>();

  /// Unless there is a problem at this place already.
  public void add(Place at, String message) {
    if (!places.contains(at)) also(at, message);
  }

  /// Whatever else is wrong at this place.
  public void also(Place at, String message) {
    places.add(at);
    var line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    found.add(new Problem(at.file(), at.line(), at.column(), line));
  }

  public boolean none() {
    return found.isEmpty();
  }

  /// Problems of the file that comes first, then those of the others by name; each by its place.
  public List<Problem> sorted(String first) {
    var order =
        Comparator.comparing((Problem problem) -> !problem.file().equals(first))
            .thenComparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column);
    return found.stream().sorted(order).toList();
  }
}
