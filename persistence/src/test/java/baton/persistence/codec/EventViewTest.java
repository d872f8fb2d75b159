package baton.persistence.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.Event;
import baton.handoff.Role;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventViewTest {
  @Test
  void anEventIsShownAsItsTypeAndItsMembers() {
    var event = new Event.HandOffFailed(Role.BOOKING, Role.CLOSING, "no answer");
    assertEquals("hand-off-failed", JournalCodec.type(event));
    assertEquals(
        "{\"from\":\"booking\",\"reason\":\"no answer\",\"to\":\"closing\"}",
        JournalCodec.data(event).toString());
    assertEquals(
        "{\"type\":\"hand-off-failed\",\"from\":\"booking\",\"reason\":\"no answer\","
            + "\"to\":\"closing\"}",
        JournalCodec.toJson(event));
  }

  @Test
  void itsInnerTypesTimesAndConstantsAreShownAsStored() {
    var at = Instant.parse("2026-03-01T09:30:00.000001Z");
    var event =
        new Event.Observed(
            Map.of("seats", new Fact(Value.of(12), Fact.Source.BUYER, 3, 90, at, at)));
    assertEquals(
        "{\"facts\":{\"seats\":{\"at\":\"2026-03-01T09:30:00.000001Z\",\"confidence\":90,"
            + "\"evidence\":3,\"freshUntil\":\"2026-03-01T09:30:00.000001Z\",\"source\":\"buyer\","
            + "\"value\":{\"type\":\"whole\",\"number\":12}}}}",
        JournalCodec.data(event).toString());
  }

  @Test
  void whatIsNeverStoredHasNoName() {
    assertThrows(IllegalArgumentException.class, () -> JournalCodec.type("text"));
  }
}
