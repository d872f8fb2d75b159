package baton.runtime;

import baton.handoff.ConversationId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Who waits on this node for more of a conversation, wherever in the cluster it runs.
final class Listeners {
  private final Map<ConversationId, Set<Runnable>> listeners = new ConcurrentHashMap<>();
  private final Map<ConversationId, Long> seen = new HashMap<>();

  AutoCloseable listen(ConversationId id, Runnable onMore) {
    listeners.compute(
        id,
        (_, set) -> {
          var all = set == null ? ConcurrentHashMap.<Runnable>newKeySet() : set;
          all.add(onMore);
          return all;
        });
    return () ->
        listeners.computeIfPresent(
            id,
            (_, set) -> {
              set.remove(onMore);
              return set.isEmpty() ? null : set;
            });
  }

  /// Of a conversation that runs here.
  void more(ConversationId id) {
    listeners.getOrDefault(id, Set.of()).forEach(Runnable::run);
  }

  /// Looks whether conversations that run elsewhere have gone on. One thread calls it.
  ///
  /// @param highest the last rows of conversations
  void look(Function<Collection<ConversationId>, Map<ConversationId, Long>> highest) {
    var waited = Set.copyOf(listeners.keySet());
    seen.keySet().retainAll(waited);
    if (waited.isEmpty()) return;
    highest
        .apply(waited)
        .forEach((id, row) -> {
          if (!row.equals(seen.put(id, row))) more(id);
        });
  }
}
