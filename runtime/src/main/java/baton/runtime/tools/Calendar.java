package baton.runtime.tools;

import static baton.runtime.tools.Effects.stamp;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Book;
import baton.handoff.action.Action.Cancel;
import baton.handoff.action.Action.FindSlots;
import baton.handoff.action.Action.Reschedule;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Appointments with sellers. That a seller's live bookings never overlap is a constraint of the
/// table, so it holds under any race.
public final class Calendar implements Tool {
  /// How long before its start a slot is offered at the latest.
  static final Duration NOTICE = Duration.ofHours(1);

  /// How far offered slots lie apart, where there are enough of them.
  static final Duration APART = Duration.ofHours(2);

  private static final int OFFERED = 3;
  private static final String EXCLUSION_VIOLATION = "23P01";

  private static final Map<String, Capability> CAN =
      Map.of(
          "find-slots",
          new Capability(
              true,
              """
              {"type":"object","additionalProperties":false,"required":["from","until","zone"],
               "properties":{
                "from":{"type":"string","format":"date-time"},
                "until":{"type":"string","format":"date-time"},
                "zone":{"type":"string","description":"the buyer's time zone, an IANA name"}}}\
              """),
          "book",
          new Capability(
              true,
              """
              {"type":"object","additionalProperties":false,"required":["slot","start","zone"],
               "properties":{
                "slot":{"type":"string","description":"a name that find-slots gave"},
                "start":{"type":"string","format":"date-time"},
                "zone":{"type":"string","description":"the buyer's time zone, an IANA name"}}}\
              """),
          // The half hour that a moved or cancelled booking gave up may be somebody else's by now.
          "reschedule",
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,
               "required":["booking","slot","start","zone"],
               "properties":{
                "booking":{"type":"string"},
                "slot":{"type":"string","description":"a name that find-slots gave"},
                "start":{"type":"string","format":"date-time"},
                "zone":{"type":"string","description":"the buyer's time zone, an IANA name"}}}\
              """),
          "cancel",
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,"required":["booking"],
               "properties":{"booking":{"type":"string"}}}\
              """));

  private final Effects effects;

  public Calendar(Effects effects) {
    this.effects = effects;
  }

  @Override
  public Set<String> kinds() {
    return CAN.keySet();
  }

  @Override
  public String schema(String kind) {
    return Capability.of(CAN, kind).schema();
  }

  @Override
  public boolean undoable(String kind) {
    return Capability.of(CAN, kind).undoable();
  }

  /// Facts of `find-slots`: `slots`, how many, and `slot.1` to `slot.3`, their names. Facts of the
  /// others: `booking`, `booking.start`, `booking.seller`, and `booking.state`, `live` or
  /// `cancelled`. Reasons: `no-such-zone`, `no-such-slot`, `slot-taken`, `no-such-booking`,
  /// `booking-past`.
  @Override
  public Outcome call(Effect effect) {
    return switch (effect.action()) {
      case FindSlots find -> effects.once(effect, sql -> find(sql, effect, find));
      case Book book -> effects.once(effect, sql -> book(sql, effect, book));
      case Reschedule move -> effects.once(effect, sql -> move(sql, effect, move));
      case Cancel cancel -> effects.once(effect, sql -> cancel(sql, effect, cancel.booking()));
      case Action other -> throw new IllegalArgumentException("no calendar has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  private static Outcome find(Connection sql, Effect effect, FindSlots find) throws SQLException {
    if (!isZone(find.zone())) return new Failed("no-such-zone");
    var soonest = effect.at().plus(NOTICE);
    var furthest = effect.at().plus(Sellers.AHEAD);
    var from = find.from().isBefore(soonest) ? soonest : find.from();
    var until = find.until().isAfter(furthest) ? furthest : find.until();
    List<Slot> slots =
        from.isBefore(until)
            ? Slot.spread(
                Sellers.free(sql, effect.conversation().tenant(), from, until), OFFERED, APART)
            : List.of();
    var facts = new HashMap<String, Value>();
    facts.put("slots", Value.of(slots.size()));
    for (int i = 0; i < slots.size(); i++) {
      facts.put("slot." + (i + 1), Value.of(slots.get(i).name()));
    }
    return Outcome.confirmed(facts);
  }

  private static Outcome book(Connection sql, Effect effect, Book book) throws SQLException {
    if (!isZone(book.zone())) return new Failed("no-such-zone");
    var slot = Sellers.offered(sql, effect, book.slot(), book.start());
    if (slot.isEmpty()) return new Failed("no-such-slot");
    var booking = new Booking(Effects.id("b", effect), slot.get());
    return taking(
        sql,
        """
        insert into booking (seller, during, tenant, id, subject, conversation, state, version)
        values (?, tstzrange(?, ?), ?, ?, ?, ?, 'live', 1)\
        """,
        booking,
        List.of(
            effect.conversation().tenant(),
            booking.id(),
            effect.subject(),
            effect.conversation().id()));
  }

  private static Outcome move(Connection sql, Effect effect, Reschedule move) throws SQLException {
    if (!isZone(move.zone())) return new Failed("no-such-zone");
    var slot = Sellers.offered(sql, effect, move.slot(), move.start());
    if (slot.isEmpty()) return new Failed("no-such-slot");
    var booking = live(sql, effect, move.booking());
    if (booking.isEmpty()) return new Failed("no-such-booking");
    if (booking.get().past(effect.at())) return new Failed("booking-past");
    return taking(
        sql,
        """
        update booking set seller = ?, during = tstzrange(?, ?), version = version + 1
        where tenant = ? and id = ?\
        """,
        new Booking(move.booking(), slot.get()),
        List.of(effect.conversation().tenant(), move.booking()));
  }

  private static Outcome cancel(Connection sql, Effect effect, String id) throws SQLException {
    var booking = live(sql, effect, id);
    if (booking.isEmpty()) return new Failed("no-such-booking");
    if (booking.get().past(effect.at())) return new Failed("booking-past");
    try (var update =
        sql.prepareStatement(
            "update booking set state = 'cancelled', version = version + 1"
                + " where tenant = ? and id = ?")) {
      update.setString(1, effect.conversation().tenant());
      update.setString(2, id);
      update.executeUpdate();
    }
    return booking.get().confirmed("cancelled");
  }

  private record Booking(String id, Slot slot) {
    boolean past(Instant now) {
      return !slot.start().isAfter(now);
    }

    Outcome confirmed(String state) {
      return Outcome.confirmed(
          Map.of(
              "booking", Value.of(id),
              "booking.start", Value.of(slot.start()),
              "booking.seller", Value.of(slot.seller()),
              "booking.state", Value.of(state)));
    }
  }

  /// Writes a booking whose seller and time are the statement's first three parameters.
  private static Outcome taking(
      Connection sql, String statement, Booking booking, List<String> rest) throws SQLException {
    try (var write = sql.prepareStatement(statement)) {
      write.setString(1, booking.slot().seller());
      write.setObject(2, stamp(booking.slot().start()));
      write.setObject(3, stamp(booking.slot().end()));
      for (int i = 0; i < rest.size(); i++) write.setString(4 + i, rest.get(i));
      write.executeUpdate();
      return booking.confirmed("live");
    } catch (SQLException refused) {
      if (!EXCLUSION_VIOLATION.equals(refused.getSQLState())) throw refused;
      return new Failed("slot-taken");
    }
  }

  /// A live booking of this very conversation. The subject does not do: whoever writes to us under
  /// somebody's name must not be able to move that person's appointments.
  private static Optional<Booking> live(Connection sql, Effect effect, String id)
      throws SQLException {
    try (var select =
        sql.prepareStatement(
            "select seller, lower(during) from booking where tenant = ? and id = ?"
                + " and conversation = ? and state = 'live' for update")) {
      select.setString(1, effect.conversation().tenant());
      select.setString(2, id);
      select.setString(3, effect.conversation().id());
      try (var row = select.executeQuery()) {
        if (!row.next()) return Optional.empty();
        return Optional.of(new Booking(id, new Slot(row.getString(1), Effects.instant(row, 2))));
      }
    }
  }

  private static boolean isZone(String zone) {
    try {
      ZoneId.of(zone);
      return true;
    } catch (DateTimeException unknown) {
      return false;
    }
  }
}
