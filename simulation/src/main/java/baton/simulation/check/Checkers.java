package baton.simulation.check;

import baton.simulation.history.Occurrence;
import java.util.List;

/// All of them, one small class for each, by the number of its invariant in the list.
public final class Checkers {
  private final List<Checker> all = List.of();

  public void see(Occurrence occurrence) {
    for (var checker : all) checker.see(occurrence);
  }

  public void end() {
    all.forEach(Checker::end);
  }
}
