package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Book;
import baton.handoff.action.Action.Cancel;
import baton.handoff.action.Action.FindSlots;
import baton.handoff.action.Action.Reschedule;
import baton.handoff.action.Canonical;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.runtime.tools.Appointments.Booking;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Appointments with sellers.
public final class Calendar implements Tool {
  /// How far offered slots lie apart, where there are enough of them.
  static final Duration APART = Duration.ofHours(2);

  /// How many of the first slots may come first, each for other buyers.
  static final int FIRSTS = 8;

  /// How far ahead seller or not anything is looked at.
  private static final Duration AHEAD = Duration.ofDays(366);

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
  /// `cancelled`. Reasons: `no-such-zone`, `no-such-part`, `no-such-slot`, `slot-taken`,
  /// `no-such-booking`, `booking-past`.
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

  /// From now on these are the tenant's sellers, and nobody else.
  public void staff(String tenant, List<Seller> sellers) {
    effects.direct(book -> {
      book.staff(tenant, sellers);
      return tenant;
    });
  }

  private static Outcome find(Appointments book, Effect effect, FindSlots find) {
    if (!isZone(find.zone())) return new Failed("no-such-zone");
    var part = find.part().map(DayPart::named).orElse(Optional.of(DayPart.ANY));
    if (part.isEmpty()) return new Failed("no-such-part");
    var zone = ZoneId.of(find.zone());
    var free =
        Openings.of(book, effect, find.from(), find.until()).stream()
            .filter(slot -> part.get().holds(slot, zone))
            .toList();
    var slots = offered(effect, find.from(), zone, free);
    var facts = new HashMap<String, Value>();
    facts.put("slots", Value.of(slots.size()));
    for (int i = 0; i < slots.size(); i++) {
      facts.put("slot." + (i + 1), Value.of(slots.get(i).name()));
    }
    return Outcome.confirmed(facts);
  }

  /// What lies in the buyer's night is offered where there is not enough by day, or where it is the
  /// very time that was asked for.
  private static List<Slot> offered(Effect effect, Instant from, ZoneId zone, List<Slot> free) {
    var day = new ArrayList<Slot>();
    var night = new ArrayList<Slot>();
    for (var slot : free) {
      boolean awake = slot.start().equals(from) || DayPart.AWAKE.holds(slot, zone);
      (awake ? day : night).add(slot);
    }
    var slots = new ArrayList<>(Slot.spread(day, first(effect, from, day), OFFERED, APART));
    int more = OFFERED - slots.size();
    slots.addAll(Slot.spread(night, first(effect, from, night), more, APART));
    slots.sort(Comparator.comparing(Slot::start));
    return slots;
  }

  /// Where a conversation's choice begins: buyers who ask at the same time are not all offered the
  /// slots that only one of them can have. At the first where there is no choice, and where that is
  /// the very time that was asked for.
  private static int first(Effect effect, Instant from, List<Slot> slots) {
    int firsts = Math.min(FIRSTS, slots.size() - OFFERED + 1);
    if (firsts <= 1 || slots.getFirst().start().equals(from)) return 0;
    String hash = Canonical.sha256(effect.conversation().id());
    return Integer.parseInt(hash.substring(0, 6), 16) % firsts;
  }

  private static Outcome book(Appointments book, Effect effect, Book wanted) {
    if (!isZone(wanted.zone())) return new Failed("no-such-zone");
    var seller = offering(book, effect, wanted.slot(), wanted.start(), Set.of());
    if (seller.isEmpty()) return new Failed("no-such-slot");
    var slot = seller.get().slot(wanted.start());
    var booking = new Booking(Ledger.id("b", effect), slot, ZoneId.of(wanted.zone()));
    return taken(booking, book.add(effect, booking, seller.get().reserved(slot)));
  }

  private static Outcome move(Appointments book, Effect effect, Reschedule move) {
    if (!isZone(move.zone())) return new Failed("no-such-zone");
    return ahead(
        book,
        effect,
        move.booking(),
        old -> {
          var seller =
              offering(book, effect, move.slot(), move.start(), Set.of(old.slot().seller()));
          if (seller.isEmpty()) return new Failed("no-such-slot");
          var slot = seller.get().slot(move.start());
          var booking = new Booking(move.booking(), slot, ZoneId.of(move.zone()));
          var tenant = effect.conversation().tenant();
          return taken(booking, book.move(tenant, booking, seller.get().reserved(slot)));
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

  /// Whose slot of that name it is, where it can be booked as far as seller and time go.
  ///
  /// @param others whose bookings change with it
  private static Optional<Seller> offering(
      Appointments book, Effect effect, String slot, Instant start, Set<String> others) {
    var name = Slot.Name.parsed(slot).filter(parsed -> parsed.start().equals(start));
    if (name.isEmpty() || !start.isAfter(effect.at())) return Optional.empty();
    if (start.isAfter(effect.at().plus(AHEAD))) return Optional.empty();
    var sellers = new HashSet<>(others);
    sellers.add(name.get().seller());
    return book.locked(effect.conversation().tenant(), sellers).stream()
        .filter(seller -> seller.name().equals(name.get().seller()))
        .filter(seller -> !start.isAfter(effect.at().plus(seller.ahead())))
        .filter(seller -> seller.offers(start))
        .findFirst();
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
