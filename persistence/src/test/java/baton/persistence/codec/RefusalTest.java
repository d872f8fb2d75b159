package baton.persistence.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.agent.AgentEvent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What is not exactly as it was written is not read.
class RefusalTest {
  private static final String ROW =
      new String(Link.of(1, Chained.FIRST, Made.example().of(Entry.class)).bytes(), UTF_8);

  @Test
  void aNewerFormatIsRefusedByItsNumber() {
    assertEquals(
        "a conversation's row is of format 3, and this Baton reads formats 1 to 2:"
            + " run the version that wrote it",
        refusal(ROW.replace("{\"v\":1,", "{\"v\":3,")));
  }

  @Test
  void anUnknownTypeIsRefusedByItsName() {
    var refusal = refusal(ROW.replace("\"type\":\"opened\"", "\"type\":\"reopened\""));
    assertTrue(refusal.contains("format 1 holds an unknown type `reopened`, at byte"), refusal);
  }

  @Test
  void aTypeThatIsNoNameIsNotQuoted() {
    var refusal = refusal(ROW.replace("\"type\":\"opened\"", "\"type\":\"Ada Lovelace\""));
    assertTrue(refusal.contains("an unknown type without a name"), refusal);
  }

  @Test
  void aTypeOfAnotherFamilyIsRefused() {
    refusal(ROW.replace("\"type\":\"opened\"", "\"type\":\"hand-back\""));
  }

  @Test
  void aRowThatDoesNotBeginWithItsFormatIsRefused() {
    for (var row :
        new String[] {
          "",
          "{",
          "[]",
          "null",
          "{\"v\":",
          "{\"v\":1",
          "{\"v\":\"1\",",
          "{\"v\":-1,",
          "{\"v\":1.0,",
          "{\"v\":1111111111,",
          " " + ROW,
          "\u0000",
          "{\"previous\":1}"
        }) {
      assertTrue(refusal(row).contains("it is damaged"), row);
    }
  }

  @Test
  void membersThatAreUnknownMissingTwiceThereOrNullAreRefused() {
    refusal(ROW.replace("\"campaign\":", "\"campain\":"));
    refusal(ROW.replace("\"campaign\":\"a-campaign\",", ""));
    refusal(ROW.replace("\"campaign\":", "\"added\":1,\"campaign\":"));
    refusal(ROW.replace("\"campaign\":", "\"campaign\":\"Ada\",\"campaign\":"));
    refusal(ROW.replace("\"campaign\":\"a-campaign\"", "\"campaign\":null"));
    refusal(ROW.replace("\"first\":7", "\"first\":null"));
    refusal(ROW.replace("\"events\":[", "\"events\":[null,"));
  }

  @Test
  void valuesOfAnotherKindAreRefused() {
    refusal(ROW.replace("\"first\":7", "\"first\":\"7\""));
    refusal(ROW.replace("\"first\":7", "\"first\":7.5"));
    refusal(ROW.replace("\"first\":7", "\"first\":9223372036854775808"));
    refusal(ROW.replace("\"campaign\":\"a-campaign\"", "\"campaign\":7"));
    refusal(ROW.replace("\"campaign\":\"a-campaign\"", "\"campaign\":true"));
    refusal(ROW.replace("\"campaign\":\"a-campaign\"", "\"campaign\":[\"a-campaign\"]"));
    refusal(ROW.replace("\"running\":true", "\"running\":1"));
    refusal(ROW.replace("\"running\":true", "\"running\":\"true\""));
    refusal(ROW.replace("\"operators\":7", "\"operators\":2147483648"));
    refusal(ROW.replace("\"operators\":7", "\"operators\":\"\""));
    refusal(ROW.replaceFirst("\"email\":\\{[^}]*}", "\"email\":\"\""));
    refusal(ROW.replaceFirst("\"email\":\\{[^}]*}", "\"email\":{}"));
    refusal(ROW.replaceFirst("\"buyer\":\\{", "\"buyer\":[{"));
    refusal(ROW.replaceFirst("\"events\":\\[.*]", "\"events\":{}"));
    refusal(ROW.replaceFirst("\"events\":\\[.*]", "\"events\":\"\""));
    refusal(ROW.replace("\"at\":\"2026-03-01T", "\"at\":\"2026-03-32T"));
    refusal(ROW.replace("\"at\":\"2026-03-01T09:30:00.123456789Z\"", "\"at\":1772357400"));
  }

  @Test
  void itemsAndMembersOfAnotherKindAreRefused() {
    var dropped = "{\"type\":\"dropped\",\"cause\":\"c\",\"proposals\":%s}";
    JournalCodec.read(Event.class, dropped.formatted("[1,2]"));
    for (var list : new String[] {"[\"1\"]", "[1.0]", "1", "[null]", "null", "\"\"", "[[1]]"}) {
      assertThrows(
          Unreadable.class, () -> JournalCodec.read(Event.class, dropped.formatted(list)), list);
    }
    var notes = "{\"type\":\"answered\",\"actions\":[],\"ask\":1,\"epoch\":1,\"notes\":%s}";
    JournalCodec.read(AgentEvent.class, notes.formatted("{\"a\":\"b\"}"));
    for (var map :
        new String[] {"{\"a\":1}", "{\"a\":null}", "[]", "\"\"", "{\"a\":\"b\",\"a\":\"c\"}"}) {
      assertThrows(
          Unreadable.class, () -> JournalCodec.read(AgentEvent.class, notes.formatted(map)), map);
    }
    var contract = Golden.named("event/revoked").compact();
    JournalCodec.read(Event.class, contract);
    for (var item : new String[] {"1", "true", "null", "[]"}) {
      var changed = contract.replace("\"a-contract\"", item);
      assertThrows(Unreadable.class, () -> JournalCodec.read(Event.class, changed), changed);
    }
  }

  @Test
  void aConstantIsReadOnlyAsItIsWritten() {
    var consent =
        "{\"type\":\"consent-changed\",\"consent\":{\"at\":\"2026-03-01T09:30:00Z\","
            + "\"evidence\":7,\"state\":\"%s\"},\"purpose\":\"p\"}";
    JournalCodec.read(Event.class, consent.formatted("granted"));
    for (var state : new String[] {"GRANTED", "Granted", "0", "", "grant"}) {
      assertThrows(
          Unreadable.class, () -> JournalCodec.read(Event.class, consent.formatted(state)));
    }
  }

  @Test
  void whateverIsCutOffOrFollowedByMoreIsRefused() {
    byte[] row = ROW.getBytes(UTF_8);
    for (int length = 0; length < row.length; length++) {
      byte[] cut = Arrays.copyOf(row, length);
      assertThrows(Unreadable.class, () -> Link.read(cut));
    }
    refusal(ROW + "{}");
    refusal(ROW + "x");
  }

  @Test
  void aRefusalNeitherQuotesNorCarriesContent() {
    var failure =
        assertThrows(
            Unreadable.class,
            () -> Link.read(ROW.replace("\"first\":7", "\"first\":\"Ada\"").getBytes(UTF_8)));
    assertFalse(failure.getMessage().contains("Ada"));
    assertNull(failure.getCause());
    assertTrue(failure.getMessage().matches(".* of format 1 is not as it should be, at byte \\d+"));
  }

  @Test
  void anOutcomeThatIsNoneIsRefused() {
    for (var json : new String[] {"", "null", "{}", "{\"type\":\"done\"}", "\"failed\""}) {
      assertThrows(Unreadable.class, () -> JournalCodec.outcome(json), json);
    }
    assertEquals(
        new Outcome.Failed("slot-taken"),
        JournalCodec.outcome("{\"type\":\"failed\",\"reason\":\"slot-taken\"}"));
  }

  @Test
  void aHashThatIsNoneIsNotChained() {
    var entry = Made.example().of(Entry.class);
    for (var hash : new String[] {"", "0", "A".repeat(64), "g".repeat(64), "0".repeat(65)}) {
      assertThrows(IllegalArgumentException.class, () -> Link.of(hash, entry));
    }
  }

  /// The message with which a row is refused, which must be another than the whole one.
  private static String refusal(String row) {
    assertFalse(row.equals(ROW), "the row is as it was");
    return assertThrows(Unreadable.class, () -> Link.read(row.getBytes(UTF_8)), row).getMessage();
  }
}
