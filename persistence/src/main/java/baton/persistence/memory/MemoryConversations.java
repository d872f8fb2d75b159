package baton.persistence.memory;

import baton.handoff.ConversationId;
import baton.handoff.port.Conversations;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The wake table in memory.
public final class MemoryConversations implements Conversations {
  private static final Comparator<ConversationId> BY_ID =
      Comparator.comparing(ConversationId::tenant).thenComparing(ConversationId::id);

  private static final Duration ANNOUNCED = Duration.ofMinutes(1);

  private final SortedMap<ConversationId, Row> rows = new TreeMap<>(BY_ID);

  @Override
  public synchronized void announce(ConversationId id, String campaign, Instant now) {
    var due = Optional.of(now);
    rows.merge(
        id,
        new Row(id, campaign, 0, "open", Optional.empty(), 0, now, due),
        (was, _) -> was.dueAt().filter(at -> at.isBefore(now)).isPresent() ? was : due(was, due));
  }

  private static Row due(Row row, Optional<Instant> at) {
    return new Row(
        row.id(),
        row.campaign(),
        row.seq(),
        row.status(),
        row.holder(),
        row.epoch(),
        row.updatedAt(),
        at);
  }

  @Override
  public synchronized void update(List<Row> batch) {
    for (var row : batch) {
      rows.merge(row.id(), row, (was, next) -> next.seq() < was.seq() ? was : next);
    }
  }

  @Override
  public synchronized List<Due> due(Instant now, int limit) {
    return rows.values().stream()
        .filter(row -> row.dueAt().filter(at -> !at.isAfter(now)).isPresent())
        .filter(row -> row.seq() > 0 || row.updatedAt().isAfter(now.minus(ANNOUNCED)))
        .sorted(Comparator.comparing((Row row) -> row.dueAt().orElseThrow()))
        .map(row -> new Due(row.id(), row.seq()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Row> find(ConversationId id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public synchronized List<Row> page(
      String tenant, String after, Optional<String> status, int limit) {
    return rows.values().stream()
        .filter(row -> row.id().tenant().equals(tenant))
        .filter(row -> row.id().id().compareTo(after) > 0)
        .filter(row -> status.isEmpty() || status.get().equals(row.status()))
        .limit(limit)
        .toList();
  }
}
