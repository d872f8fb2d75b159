package baton.runtime;

import baton.handoff.ConversationId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who waits on this node for more of a conversation.
final class Listeners {
  private final Map<ConversationId, Set<Runnable>> listeners = new ConcurrentHashMap<>();

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

  void more(ConversationId id) {
    listeners.getOrDefault(id, Set.of()).forEach(Runnable::run);
  }
}
