package baton.runtime.tools;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/// A part of the buyer's day.
enum DayPart {
  MORNING(0, 12),
  AFTERNOON(12, 17),
  EVENING(17, 24),
  /// When people answer the telephone.
  AWAKE(7, 22),
  ANY(0, 24);

  private final int from;
  private final int until;

  /// @param from hours since local midnight
  /// @param until hours since local midnight, not included
  DayPart(int from, int until) {
    this.from = from;
    this.until = until;
  }

  static Optional<DayPart> named(String name) {
    return switch (name) {
      case "morning" -> Optional.of(MORNING);
      case "afternoon" -> Optional.of(AFTERNOON);
      case "evening" -> Optional.of(EVENING);
      default -> Optional.empty();
    };
  }

  /// Whether all of it lies in this part of one day.
  boolean holds(Slot slot, ZoneId zone) {
    if (this == ANY) return true;
    var start = slot.start().atZone(zone);
    var last = slot.end().minusNanos(1).atZone(zone);
    return start.toLocalDate().equals(last.toLocalDate())
        && holds(start.toLocalTime())
        && holds(last.toLocalTime());
  }

  private boolean holds(LocalTime time) {
    return time.getHour() >= from && time.getHour() < until;
  }
}
