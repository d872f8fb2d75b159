package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Book;
import baton.handoff.action.Action.Cancel;
import baton.handoff.action.Action.FindSlots;
import baton.handoff.action.Action.Reschedule;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.runtime.tools.Appointments.Booking;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Appointments with sellers.
public final class Calendar implements Tool {
  /// How long before its start a slot is offered at the latest.
  static final Duration NOTICE = Duration.ofHours(1);

  /// How far offered slots lie apart, where there are enough of them.
  static final Duration APART = Duration.ofHours(2);

  /// How far ahead slots exist.
  static final Duration AHEAD = Duration.ofDays(60);

  private static final int OFFERED = 3;

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
                "zone":{"type":"string","description":"the buyer's time zone, an IANA name"},
                "part":{"enum":["morning","afternoon","evening"],
                 "description":"the part of the buyer's day"}}}\
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

  private final Ledger<Appointments> effects;

  public Calendar(Effects effects) {
    this(effects.on(PgAppointments::new));
  }

  public Calendar(Ledger<Appointments> effects) {
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
      case FindSlots find -> effects.call(effect, book -> find(book, effect, find));
      case Book wanted -> effects.call(effect, book -> book(book, effect, wanted));
      case Reschedule move -> effects.call(effect, book -> move(book, effect, move));
      case Cancel cancel -> effects.call(effect, book -> cancel(book, effect, cancel.booking()));
      case Action other -> throw new IllegalArgumentException("no calendar has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  private static Outcome find(Appointments book, Effect effect, FindSlots find) {
    if (!isZone(find.zone())) return new Failed("no-such-zone");
    var soonest = effect.at().plus(NOTICE);
    var furthest = effect.at().plus(AHEAD);
    var from = find.from().isBefore(soonest) ? soonest : find.from();
    var until = find.until().isAfter(furthest) ? furthest : find.until();
    List<Slot> slots =
        from.isBefore(until)
            ? Slot.spread(free(book, effect.conversation().tenant(), from, until), OFFERED, APART)
            : List.of();
    var facts = new HashMap<String, Value>();
    facts.put("slots", Value.of(slots.size()));
    for (int i = 0; i < slots.size(); i++) {
      facts.put("slot." + (i + 1), Value.of(slots.get(i).name()));
    }
    return Outcome.confirmed(facts);
  }

  /// All free slots of all sellers that lie within.
  private static List<Slot> free(Appointments book, String tenant, Instant from, Instant until) {
    var busy = book.busy(tenant, from, until);
    return book.sellers(tenant).stream()
        .flatMap(seller -> seller.slots(from, until).stream())
        .filter(slot -> busy.stream().noneMatch(taken -> taken.overlaps(slot)))
        .toList();
  }

  private static Outcome book(Appointments book, Effect effect, Book wanted) {
    if (!isZone(wanted.zone())) return new Failed("no-such-zone");
    var slot = offered(book, effect, wanted.slot(), wanted.start());
    if (slot.isEmpty()) return new Failed("no-such-slot");
    var booking = new Booking(Ledger.id("b", effect), slot.get());
    return taken(booking, book.add(effect, booking));
  }

  private static Outcome move(Appointments book, Effect effect, Reschedule move) {
    if (!isZone(move.zone())) return new Failed("no-such-zone");
    var slot = offered(book, effect, move.slot(), move.start());
    if (slot.isEmpty()) return new Failed("no-such-slot");
    return ahead(
        book,
        effect,
        move.booking(),
        _ -> {
          var booking = new Booking(move.booking(), slot.get());
          return taken(booking, book.move(effect.conversation().tenant(), booking));
        });
  }

  private static Outcome cancel(Appointments book, Effect effect, String id) {
    return ahead(
        book,
        effect,
        id,
        booking -> {
          book.cancel(effect.conversation().tenant(), id);
          return booking.confirmed("cancelled");
        });
  }

  /// The slot of that name, where it can be booked as far as seller and time go.
  private static Optional<Slot> offered(
      Appointments book, Effect effect, String name, Instant start) {
    return Slot.named(name)
        .filter(slot -> slot.start().equals(start))
        .filter(_ -> start.isAfter(effect.at()) && !start.isAfter(effect.at().plus(AHEAD)))
        .filter(slot ->
            book.seller(effect.conversation().tenant(), slot.seller())
                .filter(seller -> seller.offers(start))
                .isPresent());
  }

  /// What is done to a booking that lies ahead.
  private static Outcome ahead(
      Appointments book, Effect effect, String id, Function<Booking, Outcome> change) {
    var booking = book.live(effect.conversation(), id);
    if (booking.isEmpty()) return new Failed("no-such-booking");
    if (booking.get().past(effect.at())) return new Failed("booking-past");
    return change.apply(booking.get());
  }

  private static Outcome taken(Booking booking, boolean written) {
    return written ? booking.confirmed("live") : new Failed("slot-taken");
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
