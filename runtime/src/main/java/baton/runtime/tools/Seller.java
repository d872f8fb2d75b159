package baton.runtime.tools;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A person of ours who takes appointments, with working hours on the local clock.
///
/// @param closes when the last slot ends
public record Seller(
    String name, ZoneId zone, LocalTime opens, LocalTime closes, Set<DayOfWeek> days) {
  static final Duration SLOT = Duration.ofMinutes(30);

  public Seller {
    days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
  }

  /// Whether a slot starts then.
  boolean offers(Instant start) {
    return slots(start.atZone(zone).toLocalDate()).contains(new Slot(name, start));
  }

  /// All slots that lie within, earliest first.
  List<Slot> slots(Instant from, Instant until) {
    var slots = new ArrayList<Slot>();
    var last = until.atZone(zone).toLocalDate();
    for (var day = from.atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
      for (var slot : slots(day)) {
        if (!slot.start().isBefore(from) && !slot.end().isAfter(until)) slots.add(slot);
      }
    }
    return slots;
  }

  /// A local time that the clock skips has no slot; one that it shows twice has one, at the first.
  private List<Slot> slots(LocalDate day) {
    if (!days.contains(day.getDayOfWeek())) return List.of();
    var slots = new ArrayList<Slot>();
    long step = SLOT.toSeconds();
    for (long second = opens.toSecondOfDay();
        second + step <= closes.toSecondOfDay();
        second += step) {
      var local = day.atTime(LocalTime.ofSecondOfDay(second));
      var offsets = zone.getRules().getValidOffsets(local);
      if (!offsets.isEmpty()) slots.add(new Slot(name, local.toInstant(offsets.getFirst())));
    }
    return slots;
  }
}
