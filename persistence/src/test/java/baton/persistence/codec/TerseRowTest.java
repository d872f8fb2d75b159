package baton.persistence.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Entry;
import baton.handoff.agent.AgentEvent;
import org.junit.jupiter.api.Test;

/// What format 2 leaves out, and what it refuses none the less.
class TerseRowTest {
  private static final String ROW =
      new String(Link.of(2, Chained.FIRST, Made.example().of(Entry.class)).bytes(), UTF_8);

  @Test
  void whatIsEmptyIsLeftOut_andReadAsEmpty() {
    var answered = new AgentEvent.Replied(3, false, "");
    var link = AgentLink.of(2, Chained.FIRST, answered);
    assertEquals(
        "{\"v\":2,\"previous\":\"%s\",\"event\":{\"type\":\"replied\",\"epoch\":3}}"
            .formatted(Chained.FIRST),
        new String(link.bytes(), UTF_8));
    assertEquals(answered, AgentLink.read(link.bytes()).event());
  }

  @Test
  void aFindingIsANameOrThree_orIsWhole() {
    var findings = "{\"type\":\"decided\",\"findings\":[%s],\"proposal\":7,\"verdict\":\"deny\"}";
    read(findings.formatted("\"control\""));
    read(findings.formatted("[\"mandate\",\"booking.may\",\"Ada\"]"));
    read(
        findings.formatted(
            "{\"check\":\"c\",\"clause\":\"l\",\"code\":\"o\",\"owner\":\"w\",\"verdict\":\"deny\"}"));
    for (var other :
        new String[] {
          "7",
          "null",
          "[]",
          "[\"mandate\"]",
          "[\"mandate\",\"booking.may\"]",
          "[\"mandate\",\"booking.may\",7]",
          "[\"mandate\",\"booking.may\",\"Ada\",\"Bob\"]",
          "{\"check\":\"c\",\"clause\":\"l\",\"code\":\"o\",\"owner\":\"w\"}",
          "{\"check\":\"c\",\"added\":1,\"verdict\":\"deny\"}"
        }) {
      refused(findings.formatted(other));
    }
  }

  @Test
  void aSealedTextThatCameBeforeIsItsPlace_andNoOther() {
    var sealed =
        "{\"ciphertext\":\"c\",\"digest\":\"d\",\"purpose\":\"transcript\",\"subject\":\"s\"}";
    var heard = "{\"type\":\"heard\",\"message\":\"m1\",\"text\":%s}";
    // The command has the first one.
    read(heard.formatted(sealed) + "," + heard.formatted("1") + "," + heard.formatted("0"));
    for (var place : new String[] {"2", "-1", "0.0", "\"0\"", "null", "99999999999"}) {
      refused(heard.formatted(sealed) + "," + heard.formatted(place));
    }
    refused(heard.formatted("1"));
  }

  @Test
  void whatIsNeverEmptyHasToBeThere() {
    refusedRow(ROW.replaceFirst("\"at\":\"[^\"]*\",", ""));
    refusedRow(ROW.replaceFirst("\"control\":\\{[^}]*},", ""));
    refusedRow(ROW.replace("\"campaign\":", "\"campain\":"));
    refusedRow(ROW.replace("\"first\":7", "\"first\":\"7\""));
    refusedRow(ROW.replace("\"running\":true", "\"running\":1"));
    refusedRow(ROW + "{}");
  }

  private static final String ENTRY =
      ROW.replaceFirst("\"events\":\\[.*],\"first\"", "\"events\":[%s],\"first\"");

  private static void read(String events) {
    Link.read(ENTRY.replace("%s", events).getBytes(UTF_8));
  }

  private static void refused(String events) {
    refusedRow(ENTRY.replace("%s", events));
  }

  private static void refusedRow(String row) {
    assertTrue(!row.equals(ROW), "the row is as it was");
    assertThrows(Unreadable.class, () -> Link.read(row.getBytes(UTF_8)), row);
  }
}
