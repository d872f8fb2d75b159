package baton.runtime.tools;

import static baton.runtime.tools.Effects.stamp;

import baton.handoff.port.Tool.Effect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Which slots a tenant's sellers have, read from the calendar's tables.
final class Sellers {
  /// How far ahead slots exist.
  static final Duration AHEAD = Duration.ofDays(60);

  private Sellers() {}

  /// The slot of that name, where it can be booked as far as seller and time go. It locks the
  /// seller's row: writers of overlapping ranges would otherwise wait for each other and one of
  /// them would end as a deadlock instead of `slot-taken`.
  static Optional<Slot> offered(Connection sql, Effect effect, String name, Instant start)
      throws SQLException {
    var slot = Slot.named(name).filter(named -> named.start().equals(start));
    if (slot.isEmpty()) return slot;
    if (!start.isAfter(effect.at()) || start.isAfter(effect.at().plus(AHEAD))) {
      return Optional.empty();
    }
    try (var select =
        sql.prepareStatement(
            "select name, zone, opens, closes, days from seller"
                + " where tenant = ? and name = ? for no key update")) {
      select.setString(1, effect.conversation().tenant());
      select.setString(2, slot.get().seller());
      try (var row = select.executeQuery()) {
        return row.next() && seller(row).offers(start) ? slot : Optional.empty();
      }
    }
  }

  /// All free slots of all sellers that lie within.
  static List<Slot> free(Connection sql, String tenant, Instant from, Instant until)
      throws SQLException {
    var busy = busy(sql, tenant, from, until);
    var free = new ArrayList<Slot>();
    try (var select =
        sql.prepareStatement(
            "select name, zone, opens, closes, days from seller where tenant = ?")) {
      select.setString(1, tenant);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          for (var slot : seller(row).slots(from, until)) {
            if (busy.stream().noneMatch(taken -> taken.overlaps(slot))) free.add(slot);
          }
        }
      }
    }
    return free;
  }

  private record Busy(String seller, Instant from, Instant until) {
    boolean overlaps(Slot slot) {
      return seller.equals(slot.seller())
          && from.isBefore(slot.end())
          && slot.start().isBefore(until);
    }
  }

  private static List<Busy> busy(Connection sql, String tenant, Instant from, Instant until)
      throws SQLException {
    var busy = new ArrayList<Busy>();
    try (var select =
        sql.prepareStatement(
            "select seller, lower(during), upper(during) from booking"
                + " where tenant = ? and state = 'live' and during && tstzrange(?, ?)")) {
      select.setString(1, tenant);
      select.setObject(2, stamp(from));
      select.setObject(3, stamp(until));
      try (var row = select.executeQuery()) {
        while (row.next())
          busy.add(new Busy(row.getString(1), Effects.instant(row, 2), Effects.instant(row, 3)));
      }
    }
    return busy;
  }

  private static Seller seller(ResultSet row) throws SQLException {
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var day : (Integer[]) row.getArray(5).getArray()) days.add(DayOfWeek.of(day));
    return new Seller(
        row.getString(1),
        ZoneId.of(row.getString(2)),
        row.getObject(3, LocalTime.class),
        row.getObject(4, LocalTime.class),
        days);
  }
}
