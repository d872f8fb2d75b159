package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Book;
import baton.handoff.action.Action.Cancel;
import baton.handoff.action.Action.FindSlots;
import baton.handoff.action.Action.Reschedule;
import baton.handoff.fact.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class CalendarTest {
  private static final String ZONE = "Europe/Berlin";

  /// A Monday, 8:00 in New York; sellers work from 9:00, which is 13:00Z, to 17:00.
  private static final Instant MONDAY = Bench.MONDAY;

  private static final String NINE = "avery@2027-06-07T13:00:00Z";

  private final Storage storage;
  private final Bench bench;

  CalendarTest(Storage storage) {
    this.storage = storage;
    this.bench = storage.seeded();
  }

  @Test
  void slotsLieApartAtLeastAnHourAheadAndEarliestFirst() {
    assertEquals(
        List.of(
            "avery@2027-06-07T13:30:00Z",
            "avery@2027-06-07T15:30:00Z",
            "avery@2027-06-07T17:30:00Z"),
        slots(MONDAY.minus(Duration.ofDays(9)), MONDAY.plus(Duration.ofDays(5))));
    assertEquals(
        List.of("avery@2027-06-07T13:30:00Z"),
        slots(MONDAY, at("2027-06-07T14:00:00Z"), MONDAY.plusSeconds(1)));
  }

  @Test
  void slotsStayWithinTheWindowAndFillItWhereItIsNarrow() {
    assertEquals(
        List.of(
            "avery@2027-06-07T18:00:00Z",
            "avery@2027-06-07T18:30:00Z",
            "avery@2027-06-07T19:00:00Z"),
        slots(at("2027-06-07T17:50:00Z"), at("2027-06-07T19:59:00Z")));
    assertEquals(
        List.of("avery@2027-06-07T20:30:00Z"),
        slots(at("2027-06-07T20:30:00Z"), at("2027-06-07T21:00:00Z")));
  }

  @Test
  void theBuyersNightIsOfferedOnlyWhereThereIsNotEnoughByDayOrItWasAskedFor() {
    // 9:00 to 17:00 in New York are 23:00 to 7:00 in Sydney.
    assertEquals(
        List.of(
            "avery@2027-06-07T13:30:00Z",
            "avery@2027-06-07T15:30:00Z",
            "avery@2027-06-07T17:30:00Z"),
        slotsIn("Australia/Sydney", MONDAY, MONDAY.plus(Duration.ofHours(6))));
    // They are 18:30 to 2:30 in Kolkata.
    assertEquals(
        List.of(
            "avery@2027-06-07T13:30:00Z",
            "avery@2027-06-07T15:30:00Z",
            "avery@2027-06-08T13:00:00Z"),
        slotsIn("Asia/Kolkata", MONDAY, MONDAY.plus(Duration.ofDays(2))));
    var asked = at("2027-06-07T19:00:00Z"); // half past midnight there
    assertEquals(
        "avery@2027-06-07T19:00:00Z",
        slotsIn("Asia/Kolkata", asked, asked.plus(Duration.ofDays(1))).getFirst());
  }

  @Test
  void withoutAFreeSlotTheAnswerIsNoneAndNotAFailure() {
    assertEquals(List.of(), slots(at("2027-06-05T00:00:00Z"), at("2027-06-07T04:00:00Z")));
    assertEquals(List.of(), slots(MONDAY.plusSeconds(7200), MONDAY));
    assertEquals(List.of(), slots(Instant.MIN, MONDAY));
    assertEquals(List.of(), slots(MONDAY.plus(Duration.ofDays(61)), Instant.MAX));
    assertEquals(3, slots(Instant.MIN, Instant.MAX).size());
  }

  @Test
  void aTakenSlotIsOfferedWithTheOtherSellerAndThenNoMore() {
    assertTrue(book("k1", NINE) instanceof Confirmed);
    var window = at("2027-06-07T13:30:00Z");
    assertEquals(List.of("jordan@2027-06-07T13:00:00Z"), slots(MONDAY, window));
    assertTrue(book("k2", "jordan@2027-06-07T13:00:00Z") instanceof Confirmed);
    assertEquals(List.of(), slots(MONDAY, window));
  }

  @Test
  void aBookingStatesWhatWasBookedAndItsNameFollowsFromTheKey() {
    var facts = Bench.facts(book("k1", NINE));
    assertEquals(Value.of(Ledger.id("b", bench.effect("k1", booking(NINE)))), facts.get("booking"));
    assertEquals(Value.of(at("2027-06-07T13:00:00Z")), facts.get("booking.start"));
    assertEquals(Value.of("avery"), facts.get("booking.seller"));
    assertEquals(Value.of("live"), facts.get("booking.state"));
    assertEquals(
        List.of("avery 2027-06-07T13:00:00Z 2027-06-07T13:30:00Z live 1"), bench.bookingRows());
  }

  @Test
  void aTakenSlotCannotBeBooked() {
    book("k1", NINE);
    assertEquals(new Failed("slot-taken"), book("k2", NINE));
    assertEquals(1, bench.liveBookings());
  }

  @Test
  void aNameThatIsNoSlotCannotBeBooked() {
    for (var name :
        List.of(
            "",
            "avery",
            "avery@",
            "avery@soon",
            "@2027-06-07T13:00:00Z",
            "casey@2027-06-07T13:00:00Z", // nobody
            "avery@2027-06-07T13:00:00.000Z", // another spelling
            "avery@2027-06-07T13:15:00Z", // off the half hour
            "avery@2027-06-07T12:30:00Z", // before work
            "avery@2027-06-07T21:00:00Z", // after work
            "avery@2027-06-12T13:00:00Z", // a Saturday
            "avery@2027-06-04T13:00:00Z", // past
            "avery@2027-08-09T13:00:00Z")) { // too far ahead
      var start = Slot.Name.parsed(name).map(Slot.Name::start).orElse(MONDAY.plusSeconds(3600));
      var outcome = bench.calendar.call(bench.effect("k" + name, new Book(name, start, ZONE)));
      assertEquals(new Failed("no-such-slot"), outcome, name);
    }
    var otherStart = new Book(NINE, at("2027-06-07T13:30:00Z"), ZONE);
    assertEquals(
        new Failed("no-such-slot"), bench.calendar.call(bench.effect("k-other-start", otherStart)));
    assertEquals(0, bench.liveBookings());
  }

  @Test
  void anUnknownZoneIsRefused() {
    var refused = new Failed("no-such-zone");
    var find = new FindSlots(MONDAY, MONDAY, "Mars/Olympus", Optional.empty());
    assertEquals(refused, bench.calendar.call(bench.effect("k1", find)));
    var book = new Book(NINE, at("2027-06-07T13:00:00Z"), "");
    assertEquals(refused, bench.calendar.call(bench.effect("k2", book)));
    var move = new Reschedule("b", NINE, at("2027-06-07T13:00:00Z"), "x");
    assertEquals(refused, bench.calendar.call(bench.effect("k3", move)));
  }

  @Test
  void aMovedBookingKeepsItsNameAndFreesItsSlot() {
    var booking = Bench.text(Bench.facts(book("k1", NINE)), "booking");
    var facts = Bench.facts(move("k2", booking, "jordan@2027-06-08T14:00:00Z"));
    assertEquals(Value.of(booking), facts.get("booking"));
    assertEquals(Value.of("jordan"), facts.get("booking.seller"));
    assertEquals(Value.of(at("2027-06-08T14:00:00Z")), facts.get("booking.start"));
    assertTrue(book("k3", NINE) instanceof Confirmed);
  }

  @Test
  void aMoveToATakenSlotFailsAndLeavesTheBookingWhereItWas() {
    var booking = Bench.text(Bench.facts(book("k1", NINE)), "booking");
    book("k2", "jordan@2027-06-07T13:00:00Z");
    assertEquals(new Failed("slot-taken"), move("k3", booking, "jordan@2027-06-07T13:00:00Z"));
    assertEquals(
        List.of(
            "avery 2027-06-07T13:00:00Z 2027-06-07T13:30:00Z live 1",
            "jordan 2027-06-07T13:00:00Z 2027-06-07T13:30:00Z live 1"),
        bench.bookingRows());
    assertTrue(move("k4", booking, NINE) instanceof Confirmed, "to where it is already");
  }

  @Test
  void aCancelledBookingFreesItsSlotAndIsGone() {
    var booking = Bench.text(Bench.facts(book("k1", NINE)), "booking");
    var cancelled = Bench.facts(bench.calendar.call(bench.effect("k2", new Cancel(booking))));
    assertEquals(Value.of("cancelled"), cancelled.get("booking.state"));
    assertTrue(book("k3", NINE) instanceof Confirmed);
    var again = bench.calendar.call(bench.effect("k4", new Cancel(booking)));
    assertEquals(new Failed("no-such-booking"), again);
    assertEquals(new Failed("no-such-booking"), move("k5", booking, "jordan@2027-06-07T13:00:00Z"));
  }

  @Test
  void nobodyTouchesTheBookingOfAnotherConversation() {
    var booking = Bench.text(Bench.facts(book("k1", NINE)), "booking");
    var cancel = bench.effect("c2", "k2", new Cancel(booking), MONDAY);
    assertEquals(new Failed("no-such-booking"), bench.calendar.call(cancel));
    var start = at("2027-06-07T14:00:00Z");
    var later = new Reschedule(booking, "avery@" + start, start, ZONE);
    var move = bench.effect("c2", "k3", later, MONDAY);
    assertEquals(new Failed("no-such-booking"), bench.calendar.call(move));
    assertEquals(1, bench.liveBookings());
  }

  @Test
  void whatHasBegunIsNeitherMovedNorCancelled() {
    var booking = Bench.text(Bench.facts(book("k1", NINE)), "booking");
    var begun = at("2027-06-07T13:00:00Z");
    var cancel = bench.effect("c1", "k2", new Cancel(booking), begun);
    assertEquals(new Failed("booking-past"), bench.calendar.call(cancel));
    var start = at("2027-06-07T14:00:00Z");
    var later = new Reschedule(booking, "avery@" + start, start, ZONE);
    var move = bench.effect("c1", "k3", later, begun);
    assertEquals(new Failed("booking-past"), bench.calendar.call(move));
  }

  @Test
  void sixteenThreadsAtOneSlotMakeOneBookingInEachOfFiftyRounds() {
    for (int round = 0; round < 50; round++) {
      var start =
          MONDAY.plus(Duration.ofDays(round / 10)).plus(Duration.ofMinutes(60 + 30 * (round % 10)));
      var runners = new ArrayList<Callable<Outcome>>();
      for (int i = 0; i < 16; i++) {
        String key = "k" + round + "-" + i;
        runners.add(() -> book(key, "avery@" + start));
      }
      var outcomes = Bench.race(runners);
      long booked = outcomes.stream().filter(Confirmed.class::isInstance).count();
      assertEquals(1, booked, outcomes::toString);
      var others = new HashSet<>(outcomes);
      others.removeIf(Confirmed.class::isInstance);
      assertEquals(List.of(new Failed("slot-taken")), List.copyOf(others));
      assertEquals(round + 1, bench.liveBookings());
    }
  }

  @Test
  void twoBookingsThatSwapTheirSlotsAtOnceEndWithoutOverlapOrUnknown() {
    var nine = at("2027-06-07T13:00:00Z");
    for (int round = 0; round < 5; round++) {
      var each = storage.seeded();
      var first = booked(each, "avery", nine);
      var second = booked(each, "jordan", nine);
      var outcomes =
          Bench.race(
              List.<Callable<Outcome>>of(
                  () -> moved(each, first, "jordan", nine),
                  () -> moved(each, second, "avery", nine)));
      assertEquals(List.of(new Failed("slot-taken"), new Failed("slot-taken")), outcomes);
      assertEquals(2, each.liveBookings());
    }
  }

  @Test
  void aTenantSeesNeitherSellersNorBookingsOfAnother() {
    var other = storage.seeded();
    var booking = Bench.text(Bench.facts(book("k1", NINE)), "booking");
    assertTrue(other.calendar.call(other.effect("k1", booking(NINE))) instanceof Confirmed);
    var cancel = other.effect("k2", new Cancel(booking));
    assertEquals(new Failed("no-such-booking"), other.calendar.call(cancel));
    assertEquals(1, bench.liveBookings());
    var nobody = storage.empty();
    var find = new FindSlots(MONDAY, MONDAY.plus(Duration.ofDays(5)), ZONE, Optional.empty());
    assertEquals(Map.of("slots", Value.of(0)), nobody.confirmed(nobody.calendar, "k1", find));
    var refused = nobody.calendar.call(nobody.effect("k2", booking(NINE)));
    assertEquals(new Failed("no-such-slot"), refused);
  }

  @Test
  void theDefaultTenantHasTwoSellers() {
    assertEquals(
        List.of(
            "avery America/New_York MONDAY 09:00-17:00, TUESDAY 09:00-17:00, WEDNESDAY 09:00-17:00,"
                + " THURSDAY 09:00-17:00, FRIDAY 09:00-17:00; 30 0 0 60 1440",
            "jordan America/New_York MONDAY 09:00-17:00, TUESDAY 09:00-17:00, WEDNESDAY"
                + " 09:00-17:00, THURSDAY 09:00-17:00, FRIDAY 09:00-17:00; 30 0 0 60 1440"),
        storage.of("default").sellerRows());
  }

  private List<String> slots(Instant from, Instant until) {
    return slots(from, until, MONDAY);
  }

  private List<String> slotsIn(String zone, Instant from, Instant until) {
    return slots(new FindSlots(from, until, zone, Optional.empty()), MONDAY);
  }

  private List<String> slots(Instant from, Instant until, Instant now) {
    return slots(new FindSlots(from, until, ZONE, Optional.empty()), now);
  }

  private List<String> slots(FindSlots find, Instant now) {
    String key = "find" + bench.effects();
    var facts = Bench.facts(bench.calendar.call(bench.effect("c1", key, find, now)));
    var names = new ArrayList<String>();
    for (int i = 1; facts.containsKey("slot." + i); i++) names.add(Bench.text(facts, "slot." + i));
    assertEquals(Value.of(names.size()), facts.get("slots"));
    assertEquals(names.size() + 1, facts.size());
    return names;
  }

  private Outcome book(String key, String slot) {
    return bench.calendar.call(bench.effect(key, booking(slot)));
  }

  private Outcome move(String key, String booking, String slot) {
    var start = Slot.Name.parsed(slot).orElseThrow().start();
    return bench.calendar.call(bench.effect(key, new Reschedule(booking, slot, start, ZONE)));
  }

  private static Action booking(String slot) {
    return new Book(slot, Slot.Name.parsed(slot).orElseThrow().start(), ZONE);
  }

  private static String booked(Bench bench, String seller, Instant start) {
    var book = new Book(seller + "@" + start, start, ZONE);
    return Bench.text(bench.confirmed(bench.calendar, seller, book), "booking");
  }

  private static Outcome moved(Bench bench, String booking, String seller, Instant start) {
    var move = new Reschedule(booking, seller + "@" + start, start, ZONE);
    return bench.calendar.call(bench.effect("to-" + seller, move));
  }

  private static Instant at(String iso) {
    return Instant.parse(iso);
  }
}
