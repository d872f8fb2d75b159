package baton.persistence.memory;

import baton.handoff.Circumstances.Control;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.port.Claims.Claim;
import baton.handoff.port.Controls;
import baton.handoff.port.Overtaken;
import baton.persistence.memory.MemoryStore.Place;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Pause and resume in memory.
public final class MemoryControls implements Controls {
  private final MemoryStore store;

  public MemoryControls(MemoryStore store) {
    this.store = store;
  }

  /// Calls `listener` after each change, on the thread that made it.
  public void onChange(Runnable listener) {
    store.controlListeners.add(listener);
  }

  @Override
  public Change set(
      String tenant, Scope scope, Mode mode, String reason, String operator, OptionalLong seen) {
    Change change;
    synchronized (store) {
      var place = Place.of(tenant, scope);
      var before = store.controls.get(place);
      long version = before == null ? 0 : before.version();
      if (seen.orElse(version) != version) throw new Overtaken();
      var row = new Row(scope, mode, reason, operator, store.now(), store.next());
      store.put(place, row);
      change = new Change(row, mode == Mode.PAUSED ? inFlight(place) : List.of());
    }
    for (var listener : store.controlListeners) listener.run();
    return change;
  }

  private List<Claim> inFlight(Place place) {
    return store
        .claimsAfter(0)
        .filter(MemoryClaims::isOpen)
        .filter(claim -> place.covers(claim.conversation(), claim.campaign(), claim.role().name()))
        .toList();
  }

  @Override
  public List<Row> all(String tenant) {
    synchronized (store) {
      return store.controls.entrySet().stream()
          .filter(e -> e.getKey().tenant().isEmpty() || e.getKey().tenant().equals(tenant))
          .map(Map.Entry::getValue)
          .toList();
    }
  }

  @Override
  public Control effective(ConversationId conversation, String campaign, Role role) {
    synchronized (store) {
      long version = store.controlVersion();
      return store
          .pausedOver(conversation, campaign, role.name())
          .map(place -> new Control(false, place.scope().toString(), version))
          .orElseGet(() -> new Control(true, "", version));
    }
  }
}
