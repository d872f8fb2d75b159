package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action.Book;
import baton.handoff.action.Action.Cancel;
import baton.handoff.action.Action.FindSlots;
import baton.handoff.action.Action.Reschedule;
import baton.handoff.fact.Value;
import baton.runtime.tools.Hours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is offered what.
@ParameterizedClass
@EnumSource
class OpeningsTest {
  private static final Instant MONDAY = Bench.MONDAY;
  private static final Instant NINE = Instant.parse("2027-06-07T13:00:00Z");
  private static final String HERE = "America/New_York";

  private final Bench bench;

  OpeningsTest(Storage storage) {
    this.bench = storage.seeded();
  }

  @Test
  void buyersWhoAskAtTheSameTimeAreOfferedDifferentFirstSlots() {
    var firsts = new HashSet<String>();
    for (int i = 0; i < 40; i++) {
      var offered = find("buyer-" + i, MONDAY, MONDAY.plus(Duration.ofDays(1)), HERE, "");
      assertEquals(3, offered.size());
      assertEquals(offered, find("buyer-" + i, MONDAY, MONDAY.plus(Duration.ofDays(1)), HERE, ""));
      firsts.add(offered.getFirst());
    }
    assertEquals(Calendar.FIRSTS, firsts.size(), firsts::toString);
  }

  @Test
  void whoAsksForATimeThatIsFreeIsOfferedThatTimeFirst() {
    for (int i = 0; i < 20; i++) {
      var slots = find("buyer-" + i, NINE, MONDAY.plus(Duration.ofDays(1)), HERE, "");
      assertEquals("avery@" + NINE, slots.getFirst());
    }
  }

  @Test
  void onlySlotsOfThePartOfTheBuyersDayAreOffered() {
    // 9:00 to 17:00 in New York is 15:00 to 23:00 in Berlin.
    var day = NINE.plus(Duration.ofHours(11));
    for (var slot : find("c1", MONDAY, day, "Europe/Berlin", "afternoon")) {
      assertTrue(local(slot, "Europe/Berlin").getHour() < 17, slot);
    }
    assertEquals(3, find("c1", MONDAY, day, "Europe/Berlin", "afternoon").size());
    for (var slot : find("c1", MONDAY, day, "Europe/Berlin", "evening")) {
      assertTrue(local(slot, "Europe/Berlin").getHour() >= 17, slot);
    }
    assertEquals(List.of(), find("c1", MONDAY, day, "Europe/Berlin", "morning"));
    var noon = new FindSlots(MONDAY, day, HERE, Optional.of("noon"));
    assertEquals(new Failed("no-such-part"), bench.calendar.call(bench.effect("k-noon", noon)));
  }

  @Test
  void aSlotThatReachesIntoTheNextPartIsInNeither() {
    staff(seller("avery", 0, 0, 60, "09:30-11:30"));
    var slots = find("c1", MONDAY, MONDAY.plus(Duration.ofHours(10)), HERE, "morning");
    assertEquals(List.of("avery@2027-06-07T13:30:00Z", "avery@2027-06-07T14:30:00Z"), slots);
    staff(seller("avery", 0, 0, 60, "11:30-13:30"));
    assertEquals(List.of(), find("c1", MONDAY, MONDAY.plus(Duration.ofHours(10)), HERE, "morning"));
    assertEquals(
        List.of("avery@2027-06-07T16:30:00Z"),
        find("c1", MONDAY, MONDAY.plus(Duration.ofHours(10)), HERE, "afternoon"));
  }

  @Test
  void whoHasTheFewestAppointmentsAheadIsOfferedFirstThenByName() {
    var window = NINE.plus(Duration.ofMinutes(30));
    assertEquals(List.of("avery@" + NINE), find("c1", MONDAY, window, HERE, ""));
    book("c2", "k1", "avery", NINE.plus(Duration.ofDays(2)));
    assertEquals(List.of("jordan@" + NINE), find("c1", MONDAY, window, HERE, ""));
    book("c3", "k2", "jordan", NINE.plus(Duration.ofDays(3)));
    assertEquals(List.of("avery@" + NINE), find("c1", MONDAY, window, HERE, ""));
  }

  @Test
  void whoMovesAnAppointmentKeepsHisSellerWhereThatOneIsFree() {
    var window = NINE.plus(Duration.ofMinutes(30));
    book("c1", "k1", "jordan", NINE.plus(Duration.ofDays(1)));
    book("c1", "k2", "jordan", NINE.plus(Duration.ofDays(2)));
    assertEquals(List.of("jordan@" + NINE), find("c1", MONDAY, window, HERE, ""));
    assertEquals(List.of("avery@" + NINE), find("c2", MONDAY, window, HERE, ""));
    book("c3", "k3", "jordan", NINE);
    assertEquals(List.of("avery@" + NINE), find("c1", MONDAY, window, HERE, ""));
  }

  @Test
  void nothingIsBookedIntoTheTimeAroundAnAppointment() {
    staff(seller("avery", 10, 20, 30, "09:00-17:00"), seller("jordan", 0, 0, 30, "09:00-17:00"));
    var tenOClock = NINE.plus(Duration.ofHours(1));
    var booking = book("c1", "k1", "avery", tenOClock);
    assertEquals(3, find("c2", MONDAY, NINE.plus(Duration.ofHours(8)), HERE, "").size());
    // What is a slot of hers and free of her appointments need not be free of her breaks between.
    staff(seller("avery", 10, 20, 30, "09:00-17:00", "UTC"));
    staff(seller("avery", 5, 5, 30, "08:50-17:00"));
    var near = Instant.parse("2027-06-07T13:30:00Z");
    assertEquals(new Failed("slot-taken"), call("c2", "k2", "avery", near));
    var far = Instant.parse("2027-06-07T12:50:00Z");
    assertEquals(new Failed("no-such-slot"), call("c2", "k3", "avery", far.plusSeconds(60)));
    var moved = new Reschedule(booking, "avery@" + near, near, HERE);
    assertEquals(
        Value.of(near),
        Bench.facts(bench.calendar.call(bench.effect("k4", moved))).get("booking.start"));
    bench.calendar.call(bench.effect("k5", new Cancel(booking)));
    book("c2", "k6", "avery", near);
  }

  @Test
  void whoIsNoLongerThereKeepsHisAppointmentsAndGetsNone() {
    var booking = book("c1", "k1", "jordan", NINE);
    staff(seller("avery", 0, 0, 30, "09:00-17:00"));
    assertEquals(new Failed("no-such-slot"), call("c2", "k2", "jordan", NINE.plusSeconds(3600)));
    for (var slot : find("c1", MONDAY, MONDAY.plus(Duration.ofDays(4)), HERE, "")) {
      assertTrue(slot.startsWith("avery@"), slot);
    }
    assertEquals(1, bench.liveBookings());
    var nine = new Reschedule(booking, "avery@" + NINE, NINE, HERE);
    assertEquals(
        "avery", Bench.text(bench.confirmed(bench.calendar, "k3", nine), "booking.seller"));
    staff(seller("avery", 0, 0, 30, "09:00-17:00"), seller("jordan", 0, 0, 30, "09:00-17:00"));
    book("c2", "k4", "jordan", NINE);
  }

  @Test
  void noticeAndHowFarAheadAreEachSellersOwn() {
    var hours = seller("avery", 0, 0, 30, "09:00-17:00").hours();
    staff(
        new Seller(
            "avery",
            ZoneId.of(HERE),
            hours,
            Duration.ofMinutes(30),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofHours(24),
            Duration.ofDays(7)));
    var slots = find("c1", MONDAY, MONDAY.plus(Duration.ofDays(30)), HERE, "");
    assertEquals("2027-06-08", slots.getFirst().substring(6, 16));
    assertEquals(
        List.of(),
        find("c1", MONDAY.plus(Duration.ofDays(7)), MONDAY.plus(Duration.ofDays(30)), HERE, ""));
    var late = NINE.plus(Duration.ofDays(8));
    assertEquals(new Failed("no-such-slot"), call("c1", "k1", "avery", late));
  }

  private List<String> find(
      String conversation, Instant from, Instant until, String zone, String part) {
    var find = new FindSlots(from, until, zone, Optional.of(part).filter(p -> !p.isEmpty()));
    String key = "find" + bench.effects();
    var facts = Bench.facts(bench.calendar.call(bench.effect(conversation, key, find, MONDAY)));
    var names = new ArrayList<String>();
    for (int i = 1; facts.containsKey("slot." + i); i++) names.add(Bench.text(facts, "slot." + i));
    return names;
  }

  private String book(String conversation, String key, String seller, Instant start) {
    return Bench.text(Bench.facts(call(conversation, key, seller, start)), "booking");
  }

  private baton.handoff.Outcome call(
      String conversation, String key, String seller, Instant start) {
    var book = new Book(seller + "@" + start, start, HERE);
    return bench.calendar.call(bench.effect(conversation, key, book, MONDAY));
  }

  private void staff(Seller... sellers) {
    bench.calendar.staff(bench.tenant, List.of(sellers));
  }

  private static Seller seller(
      String name, int before, int after, int minutes, String hours, String... zone) {
    return new Seller(
        name,
        ZoneId.of(zone.length == 0 ? HERE : zone[0]),
        new Hours(
            Map.of(
                DayOfWeek.MONDAY,
                List.of(Span.parsed(hours).orElseThrow()),
                DayOfWeek.TUESDAY,
                List.of(Span.parsed(hours).orElseThrow()),
                DayOfWeek.WEDNESDAY,
                List.of(Span.parsed(hours).orElseThrow())),
            List.of()),
        Duration.ofMinutes(minutes),
        Duration.ofMinutes(before),
        Duration.ofMinutes(after),
        Duration.ofHours(1),
        Duration.ofDays(60));
  }

  private static java.time.LocalTime local(String slot, String zone) {
    return Slot.Name.parsed(slot).orElseThrow().start().atZone(ZoneId.of(zone)).toLocalTime();
  }
}
