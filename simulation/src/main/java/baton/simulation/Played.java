package baton.simulation;

import baton.handoff.Entry;
import java.time.Instant;
import java.util.List;

/// One simulated conversation, over: what a batch counts and a report shows.
///
/// @param scenario the name of the scenario that it was played from
/// @param number from 1, unique within the batch
/// @param entries the journal
/// @param timeline what happened, as a test speaks of it, in order
/// @param unmet the expectations that were not met, in words; empty where all is well
public record Played(
    String scenario, int number, List<Entry> entries, List<Timed> timeline, List<String> unmet) {
  public Played {
    entries = List.copyOf(entries);
    timeline = List.copyOf(timeline);
    unmet = List.copyOf(unmet);
  }

  /// @param at the virtual time
  public record Timed(Instant at, Happening happening) {}
}
