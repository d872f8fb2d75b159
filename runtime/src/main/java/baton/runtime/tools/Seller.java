package baton.runtime.tools;

import baton.runtime.tools.Hours.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A person of ours who takes appointments, with working hours on the local clock.
///
/// @param appointment how long one is, in real minutes
/// @param before what the seller needs free before each; it may lie outside the hours
/// @param after what the seller needs free after each; it may lie outside the hours
/// @param notice how long before its start a slot is offered at the latest
/// @param ahead how far ahead slots exist
public record Seller(
    String name,
    ZoneId zone,
    Hours hours,
    Duration appointment,
    Duration before,
    Duration after,
    Duration notice,
    Duration ahead) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Duration APPOINTMENT_MIN = Duration.ofMinutes(5);
  private static final Duration DAY = Duration.ofDays(1);

  /// How far ahead anything can be booked.
  private static final Duration AHEAD_MAX = Duration.ofDays(366);

  /// @throws IllegalArgumentException where that is no seller, as what is wrong with him
  public Seller {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("has a name of other than 1 to 64 of A-Z a-z 0-9 _ -");
    }
    within(appointment, APPOINTMENT_MIN, DAY, "appointment is 5m to 1d");
    within(before, Duration.ZERO, DAY, "before is 0m to 1d");
    within(after, Duration.ZERO, DAY, "after is 0m to 1d");
    within(notice, Duration.ZERO, AHEAD_MAX, "notice is 0m to 366d");
    within(ahead, Duration.ofHours(1), AHEAD_MAX, "ahead is 1h to 366d");
    if (hours.spans().values().stream().flatMap(List::stream).noneMatch(fits(appointment))) {
      throw new IllegalArgumentException("has no hours that are as long as an appointment");
    }
  }

  /// Half hours, without time around them, from an hour to 60 days ahead.
  public static Seller usual(String name, ZoneId zone, Hours hours) {
    return new Seller(
        name,
        zone,
        hours,
        Duration.ofMinutes(30),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofHours(1),
        Duration.ofDays(60));
  }

  /// The time from that start on.
  Slot slot(Instant start) {
    return new Slot(name, start, start.plus(appointment));
  }

  /// What an appointment takes of the seller's time.
  Appointments.Busy reserved(Slot slot) {
    return new Appointments.Busy(name, slot.start().minus(before), slot.end().plus(after));
  }

  /// Whether a slot starts then.
  boolean offers(Instant start) {
    return slots(start.atZone(zone).toLocalDate()).contains(slot(start));
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

  private List<Slot> slots(LocalDate day) {
    var slots = new ArrayList<Slot>();
    for (var span : hours.on(day)) slots.addAll(slots(day, span));
    return slots;
  }

  /// Starts lie on the local clock, as far apart as an appointment and the time around it. A local
  /// time that the clock skips has no slot; one that it shows twice has one, at the first.
  private List<Slot> slots(LocalDate day, Span span) {
    var slots = new ArrayList<Slot>();
    var closes = instant(day, span.until());
    long step = appointment.plus(before).plus(after).toMinutes();
    for (long minute = span.from(); minute < span.until(); minute += step) {
      var local = local(day, minute);
      var offsets = zone.getRules().getValidOffsets(local);
      if (offsets.isEmpty()) continue;
      var slot = slot(local.toInstant(offsets.getFirst()));
      if (!slot.end().isAfter(closes)) slots.add(slot);
    }
    return slots;
  }

  /// Where the clock skips it the moment of the change, where it is shown twice the first.
  private Instant instant(LocalDate day, long minute) {
    var local = local(day, minute);
    var change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.toInstant(zone.getRules().getValidOffsets(local).getFirst());
  }

  private static LocalDateTime local(LocalDate day, long minute) {
    return day.atStartOfDay().plusMinutes(minute);
  }

  private static Predicate<Span> fits(Duration appointment) {
    return span -> span.until() - span.from() >= appointment.toMinutes();
  }

  private static void within(Duration value, Duration least, Duration most, String rule) {
    boolean whole = value.equals(Duration.ofMinutes(value.toMinutes()));
    if (!whole || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException("needs other times: " + rule + ", in whole minutes");
    }
  }
}
