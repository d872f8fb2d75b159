package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.tools.Hours.DaysOff;
import baton.runtime.tools.Hours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SellerTest {
  /// Weeks, from a Monday, in which a clock changes: New York on 14 March and 7 November, Berlin on
  /// 28 March and 31 October, Sydney on 4 April and 3 October; and the weeks after.
  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2027-03-08, -5, -4", "America/New_York, 2027-11-01, -4, -5",
    "Europe/Berlin,    2027-03-22,  1,  2", "Europe/Berlin,    2027-10-25,  2,  1",
    "Australia/Sydney, 2027-03-29, 11, 10", "Australia/Sydney, 2027-09-27, 10, 11"
  })
  void aSellerKeepsLocalHoursOverAChangeOfTheClock(
      String zone, LocalDate monday, int before, int after) {
    var seller = seller(zone, "09:00", "17:00", EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
    var expected = new ArrayList<Slot>();
    for (int day : List.of(0, 1, 2, 3, 4, 7, 8, 9, 10, 11)) {
      for (int half = 0; half < 16; half++) {
        // What the clock on the wall shows, less the offset as the law has it.
        var utc = monday.plusDays(day).atTime(9, 0).plusMinutes(30L * half);
        var start = utc.minusHours(day < 7 ? before : after).atZone(ZoneId.of("UTC")).toInstant();
        expected.add(seller.slot(start));
      }
    }
    assertEquals(expected, fortnight(seller, monday));
  }

  /// All three zones in March and November, whether or not the clock changes there.
  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2027-03-08", "Europe/Berlin, 2027-03-22", "Asia/Kolkata, 2027-03-08",
    "America/New_York, 2027-11-01", "Europe/Berlin, 2027-11-01", "Asia/Kolkata, 2027-11-01"
  })
  void eachLocalHalfHourHasOneSlotAndNoTwoOverlap(String zone, LocalDate monday) {
    var seller = seller(zone, "09:00", "17:00", EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
    var slots = fortnight(seller, monday);
    assertEquals(160, slots.size());
    assertEquals(160, new HashSet<>(slots).size());
    for (var slot : slots) {
      var local = slot.start().atZone(seller.zone()).toLocalTime();
      assertFalse(local.isBefore(LocalTime.of(9, 0)));
      assertFalse(slot.end().atZone(seller.zone()).toLocalTime().isAfter(LocalTime.of(17, 0)));
      assertTrue(seller.offers(slot.start()));
    }
    apart(slots);
  }

  @Test
  void aHalfHourThatTheClockSkipsHasNoSlot() {
    var night = seller("America/New_York", "01:00", "04:00", EnumSet.of(DayOfWeek.SUNDAY));
    var slots = slots(night, "2027-03-14T00:00:00Z", "2027-03-15T00:00:00Z");
    assertEquals(
        List.of("06:00", "06:30", "07:00", "07:30"), // 1:00 and 1:30 EST, 3:00 and 3:30 EDT
        utc(slots));
    apart(slots);
  }

  @Test
  void aHalfHourThatTheClockShowsTwiceHasOneSlotAtTheFirst() {
    var night = seller("America/New_York", "00:30", "03:00", EnumSet.of(DayOfWeek.SUNDAY));
    var slots = slots(night, "2027-11-07T00:00:00Z", "2027-11-08T00:00:00Z");
    assertEquals(
        List.of("04:30", "05:00", "05:30", "07:00", "07:30"), // 1:00 and 1:30 EDT, then 2:00 EST
        utc(slots));
    assertFalse(night.offers(Instant.parse("2027-11-07T06:00:00Z")), "1:00 for the second time");
    apart(slots);
  }

  @Test
  void aDayThatIsTodayForTheSellerAloneIsStillFound() {
    var seller = seller("Pacific/Auckland", "09:00", "10:00", EnumSet.of(DayOfWeek.TUESDAY));
    // Tuesday morning in Auckland is Monday evening in UTC.
    var slots = slots(seller, "2027-06-07T20:00:00Z", "2027-06-07T23:59:00Z");
    assertEquals(List.of("21:00", "21:30"), utc(slots));
  }

  @Test
  void workThatEndsOffTheHalfHourHasNoShortSlot() {
    var seller = seller("UTC", "09:15", "10:30", EnumSet.of(DayOfWeek.MONDAY));
    var slots = slots(seller, "2027-06-07T00:00:00Z", "2027-06-08T00:00:00Z");
    assertEquals(List.of("09:15", "09:45"), utc(slots));
  }

  @Test
  void breaksAndDaysOffHaveNoSlotAndTimeAroundAppointmentsLiesBetweenThem() {
    var hours =
        new Hours(
            Map.of(DayOfWeek.MONDAY, List.of(span("13:00-14:30"), span("09:00-12:00"))),
            List.of(DaysOff.parsed("2027-06-14..2027-06-20").orElseThrow()));
    var seller =
        new Seller(
            "avery",
            ZoneId.of("UTC"),
            hours,
            Duration.ofMinutes(45),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ZERO,
            Duration.ofDays(60));
    var slots = slots(seller, "2027-06-07T00:00:00Z", "2027-06-21T00:00:00Z");
    assertEquals(List.of("09:00", "10:00", "11:00", "13:00"), utc(slots));
    assertEquals(
        Duration.ofMinutes(45), Duration.between(slots.get(0).start(), slots.get(0).end()));
    assertEquals(
        new Appointments.Busy(
            "avery", Instant.parse("2027-06-07T08:55:00Z"), Instant.parse("2027-06-07T09:55:00Z")),
        seller.reserved(slots.getFirst()));
  }

  @Test
  void aChoiceBeginsWhereItIsToldToAndStaysApartWhereItCan() {
    var monday = LocalDate.parse("2027-06-07");
    var slots = fortnight(seller("UTC", "09:00", "17:00", EnumSet.of(DayOfWeek.MONDAY)), monday);
    slots.forEach(
        slot -> assertEquals(slot.name(), Slot.Name.parsed(slot.name()).get().toString()));
    var apart = Duration.ofHours(2);
    var day = slots.subList(0, 16);
    assertEquals(List.of("09:00", "11:00", "13:00"), utc(Slot.spread(day, 0, 3, apart)));
    assertEquals(List.of("10:30", "12:30", "14:30"), utc(Slot.spread(day, 3, 3, apart)));
    assertEquals(List.of("09:00", "14:00", "16:00"), utc(Slot.spread(day, 10, 3, apart)));
    assertEquals(
        List.of("09:00", "09:30", "10:00"), utc(Slot.spread(day.subList(0, 3), 0, 3, apart)));
    assertEquals(List.of("09:00"), utc(Slot.spread(day.subList(0, 1), 0, 3, apart)));
  }

  private static Seller seller(String zone, String opens, String closes, EnumSet<DayOfWeek> days) {
    var spans = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
    for (var day : days) spans.put(day, List.of(span(opens + "-" + closes)));
    return Seller.usual("avery", ZoneId.of(zone), new Hours(spans, List.of()));
  }

  private static Span span(String text) {
    return Span.parsed(text).orElseThrow();
  }

  private static List<Slot> fortnight(Seller seller, LocalDate monday) {
    return seller.slots(
        monday.atStartOfDay(seller.zone()).toInstant(),
        monday.plusDays(14).atStartOfDay(seller.zone()).toInstant());
  }

  private static List<Slot> slots(Seller seller, String from, String until) {
    return seller.slots(Instant.parse(from), Instant.parse(until));
  }

  private static List<String> utc(List<Slot> slots) {
    return slots.stream().map(slot -> slot.start().toString().substring(11, 16)).toList();
  }

  private static void apart(List<Slot> slots) {
    for (int i = 1; i < slots.size(); i++) {
      assertFalse(slots.get(i).start().isBefore(slots.get(i - 1).end()));
    }
  }
}
