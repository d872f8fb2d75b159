package baton.runtime.view;

import baton.handoff.ConversationId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// [OpenApprovals] in memory.
public final class MemoryOpenApprovals implements OpenApprovals {
  private record Key(ConversationId conversation, long seq) {}

  private final ConcurrentHashMap<Key, Instant> rows = new ConcurrentHashMap<>();

  @Override
  public void opened(ConversationId conversation, long seq, Instant expiresAt) {
    rows.putIfAbsent(new Key(conversation, seq), expiresAt);
  }

  @Override
  public void ended(ConversationId conversation, long seq) {
    rows.remove(new Key(conversation, seq));
  }

  @Override
  public List<Row> open(String tenant, int limit) {
    return rows.entrySet().stream()
        .filter(row -> row.getKey().conversation.tenant().equals(tenant))
        .map(row -> new Row(row.getKey().conversation, row.getKey().seq, row.getValue()))
        .sorted(
            Comparator.comparing(Row::expiresAt)
                .thenComparing(row -> row.conversation().id())
                .thenComparing(Row::seq))
        .limit(limit)
        .toList();
  }
}
