package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Action.Book;
import baton.handoff.action.Action.FindSlots;
import baton.runtime.tools.Hours.DaysOff;
import baton.runtime.tools.Hours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every time zone whose clock is changed between 2025 and 2030, with sellers and buyers around
/// each change. What is checked is worked out from the zone's rules alone, another way than the
/// program.
class CalendarZonesTest {
  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2031-01-01T00:00:00Z");
  private static final long SEED = 20_270_607;

  private record Change(ZoneId zone, ZoneOffsetTransition at) {}

  @Test
  void everyOfferedSlotKeepsToTheClocksOfSellerAndBuyer() {
    var changes = changes();
    assertTrue(changes.size() > 1000, () -> "only " + changes.size() + " changes");
    var zones = List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));
    var random = new Random(SEED);
    int offered = 0;
    for (int i = 0; i < changes.size(); i++) {
      var change = changes.get(i);
      boolean buyers = random.nextInt(3) == 0;
      var other = ZoneId.of(zones.get(random.nextInt(zones.size())));
      var seller = seller(random, buyers ? other : change.zone());
      var buyer = buyers ? change.zone() : other;
      offered += check("seed " + SEED + ", change " + i, random, change, seller, buyer);
    }
    assertTrue(offered > 3 * changes.size(), offered + " slots are too few to tell");
  }

  private static int check(
      String where, Random random, Change change, Seller seller, ZoneId buyer) {
    var bench = Storage.MEMORY.empty();
    bench.calendar.staff(bench.tenant, List.of(seller));
    var now = change.at().getInstant().minus(Duration.ofHours(20 + random.nextInt(60)));
    var booked = new ArrayList<Slot>();
    for (int step = 0; step < 4; step++) {
      var part = part(random);
      var find = new FindSlots(now, now.plus(Duration.ofDays(5)), buyer.getId(), part);
      String conversation = "c" + random.nextInt(50);
      var effect = bench.effect(conversation, "f" + step, find, now);
      var facts = Bench.facts(bench.calendar.call(effect));
      for (int n = 1; facts.containsKey("slot." + n); n++) {
        var name = Slot.Name.parsed(Bench.text(facts, "slot." + n)).orElseThrow();
        var slot = new Slot(name.seller(), name.start(), name.start().plus(seller.appointment()));
        inHours(where, seller, slot);
        inPart(where, part, slot, buyer);
        for (var taken : booked) apart(where, seller, taken, slot);
        assertFalse(slot.start().isBefore(now.plus(seller.notice())), where);
        if (n == 1) {
          var book = new Book(name.toString(), name.start(), buyer.getId());
          Bench.facts(bench.calendar.call(bench.effect(conversation, "b" + step, book, now)));
          booked.add(slot);
        }
      }
    }
    return booked.size();
  }

  /// Minute by minute on the seller's wall: all of it within one span of a working day, and its
  /// start the only one, or the first, of that name.
  private static void inHours(String where, Seller seller, Slot slot) {
    var rules = seller.zone().getRules();
    var start = LocalDateTime.ofInstant(slot.start(), rules.getOffset(slot.start()));
    var offsets = rules.getValidOffsets(start);
    assertEquals(slot.start(), start.toInstant(offsets.getFirst()), where);
    int minute = start.getHour() * 60 + start.getMinute();
    var span =
        seller.hours().on(start.toLocalDate()).stream()
            .filter(each -> each.from() <= minute && minute < each.until())
            .findFirst();
    assertTrue(span.isPresent(), () -> where + ": " + start + " is outside of hours");
    // Real minutes from the start up to the moment at which the wall first shows the closing time.
    var moment = slot.start();
    var midnight = start.toLocalDate().atStartOfDay();
    var closing = midnight.plusMinutes(span.get().until());
    while (moment.isBefore(slot.end())) {
      var shown = LocalDateTime.ofInstant(moment, rules.getOffset(moment));
      assertTrue(shown.isBefore(closing), () -> where + ": " + slot + " goes on after " + closing);
      moment = moment.plusSeconds(60);
    }
  }

  private static void inPart(String where, Optional<String> part, Slot slot, ZoneId buyer) {
    if (part.isEmpty()) return;
    for (var at = slot.start(); at.isBefore(slot.end()); at = at.plusSeconds(60)) {
      int hour = at.atZone(buyer).getHour();
      boolean in =
          switch (part.get()) {
            case "morning" -> hour < 12;
            case "afternoon" -> hour >= 12 && hour < 17;
            default -> hour >= 17;
          };
      assertTrue(in, () -> where + ": " + slot + " is not in the " + part.get());
    }
  }

  private static void apart(String where, Seller seller, Slot one, Slot other) {
    var gap = seller.before().plus(seller.after());
    boolean before = !one.end().plus(gap).isAfter(other.start());
    boolean after = !other.end().plus(gap).isAfter(one.start());
    assertTrue(before || after, () -> where + ": " + one + " and " + other);
  }

  private static Seller seller(Random random, ZoneId zone) {
    int minutes = 15 * (1 + random.nextInt(6));
    var spans = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      int from = 30 * random.nextInt(12);
      int pause = from + minutes + 30 * random.nextInt(12);
      spans.put(
          day,
          List.of(
              new Span(from, pause),
              new Span(pause + 30, Math.min(Hours.DAY_MINUTES, pause + 600))));
    }
    var off = FIRST.plus(Duration.ofDays(random.nextInt(2000))).atZone(zone).toLocalDate();
    return new Seller(
        "avery",
        zone,
        new Hours(spans, List.of(new DaysOff(off, off.plusDays(3)))),
        Duration.ofMinutes(minutes),
        Duration.ofMinutes(5L * random.nextInt(4)),
        Duration.ofMinutes(5L * random.nextInt(4)),
        Duration.ofMinutes(30L * random.nextInt(10)),
        Duration.ofDays(30));
  }

  private static Optional<String> part(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Optional.of("morning");
      case 1 -> Optional.of("afternoon");
      case 2 -> Optional.of("evening");
      default -> Optional.empty();
    };
  }

  private static List<Change> changes() {
    var changes = new ArrayList<Change>();
    for (var id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      var zone = ZoneId.of(id);
      var at = zone.getRules().nextTransition(FIRST);
      for (; at != null && at.getInstant().isBefore(LAST); ) {
        changes.add(new Change(zone, at));
        at = zone.getRules().nextTransition(at.getInstant());
      }
    }
    return changes;
  }
}
