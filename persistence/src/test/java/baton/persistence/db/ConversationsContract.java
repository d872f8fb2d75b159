package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.ConversationId;
import baton.handoff.port.Conversations.Due;
import baton.handoff.port.Conversations.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every implementation of [baton.handoff.port.Conversations] owes.
abstract class ConversationsContract {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Ports ports;
  private final Setting s;

  ConversationsContract(Ports ports) {
    this.ports = ports;
    this.s = Setting.in(ports);
  }

  private Row row(String id, long seq, String status, Optional<Instant> due) {
    return new Row(s.id(id), "c", seq, status, Optional.of("booking"), seq / 2, NOON, due);
  }

  private void update(Row... rows) {
    ports.conversations().update(List.of(rows));
  }

  private Optional<Row> find(String id) {
    return ports.conversations().find(s.id(id));
  }

  private List<String> due(Instant now) {
    return ports.conversations().due(now, 10_000).stream()
        .map(Due::id)
        .filter(id -> id.tenant().equals(s.tenant()))
        .map(ConversationId::id)
        .toList();
  }

  private List<String> page(String after, Optional<String> status, int limit) {
    return ports.conversations().page(s.tenant(), after, status, limit).stream()
        .map(row -> row.id().id())
        .toList();
  }

  @Test
  void givenAnAnnouncementThenThereIsARowAndItIsDue() {
    assertEquals(Optional.empty(), find("a"));
    ports.conversations().announce(s.id("a"), "c", NOON);
    assertEquals(
        Optional.of(
            new Row(s.id("a"), "c", 0, "open", Optional.empty(), 0, NOON, Optional.of(NOON))),
        find("a"));
    assertEquals(List.of("a"), due(NOON));
    assertEquals(List.of(), due(NOON.minusNanos(1_000)));
  }

  @Test
  void givenARowWhenItIsAnnouncedAgainThenItIsDueAndOtherwiseAsItWas() {
    update(row("a", 4, "closed", Optional.empty()), row("b", 4, "open", Optional.of(NOON)));
    ports.conversations().announce(s.id("a"), "c", NOON);
    ports.conversations().announce(s.id("b"), "c", NOON.plusSeconds(60));
    assertEquals(Optional.of(row("a", 4, "closed", Optional.of(NOON))), find("a"));
    assertEquals(Optional.of(row("b", 4, "open", Optional.of(NOON))), find("b"));
  }

  @Test
  void givenAnOlderRowThenTheNewerOneStays() {
    update(row("a", 4, "open", Optional.of(NOON)));
    update(row("a", 3, "passing", Optional.empty()));
    assertEquals(4, find("a").orElseThrow().seq());
    update(row("a", 4, "closed", Optional.empty()));
    assertEquals("closed", find("a").orElseThrow().status());
  }

  @Test
  void givenSeveralRowsOfOneConversationInABatchThenTheNewestStays() {
    update(
        row("a", 4, "open", Optional.empty()),
        row("a", 6, "passing", Optional.empty()),
        row("b", 1, "open", Optional.empty()),
        row("a", 5, "closed", Optional.empty()));
    update();
    assertEquals(Optional.of(row("a", 6, "passing", Optional.empty())), find("a"));
    assertEquals(1, find("b").orElseThrow().seq());
  }

  @Test
  void givenConversationsThatAreDueThenTheEarliestComesFirst() {
    var midnight = Instant.parse("1990-01-01T00:00:00Z");
    update(
        row("a", 1, "open", Optional.of(midnight.plusSeconds(2))),
        row("b", 1, "open", Optional.of(midnight)),
        row("c", 1, "open", Optional.empty()),
        row("d", 1, "open", Optional.of(midnight.plusSeconds(3))));
    assertEquals(List.of("b", "a"), due(midnight.plusSeconds(2)));
    assertEquals(List.of(new Due(s.id("b"), 1)), ports.conversations().due(midnight, 1));
    update(row("b", 2, "closed", Optional.empty()));
    assertEquals(List.of("a"), due(midnight.plusSeconds(2)));
  }

  @Test
  void givenConversationsThenPagesShowThemByIdWithinTheirTenant() {
    var other = Setting.in(ports);
    ports.conversations().announce(other.id("b2"), "c", NOON);
    update(
        row("b", 1, "closed", Optional.empty()),
        row("B", 1, "open", Optional.empty()),
        row("_", 1, "open", Optional.empty()),
        row("-", 1, "open", Optional.empty()));
    assertEquals(List.of("-", "B", "_", "b"), page("", Optional.empty(), 10));
    assertEquals(List.of("B", "_"), page("-", Optional.empty(), 2));
    assertEquals(List.of("b"), page("", Optional.of("closed"), 10));
  }
}
