package baton.handoff;

import java.util.List;

/// One step as it is journaled: what came in, under which circumstances, and what was decided. A
/// step is one row, so it is durable as a whole or not at all, and can be decided again from
/// itself.
///
/// @param first number of the first event; the events of a conversation are numbered from 1 without
///   a gap
public record Entry(long first, Command command, Circumstances now, List<Event> events) {
  public Entry {
    events = List.copyOf(events);
  }

  /// Number of the last event.
  public long last() {
    return first + events.size() - 1;
  }
}
