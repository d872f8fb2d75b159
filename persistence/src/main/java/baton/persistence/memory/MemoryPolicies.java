package baton.persistence.memory;

import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Overtaken;
import baton.handoff.port.Policies;
import baton.persistence.memory.MemoryStore.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Policy documents in memory.
public final class MemoryPolicies implements Policies {
  private final MemoryStore store;

  public MemoryPolicies(MemoryStore store) {
    this.store = store;
  }

  @Override
  public Optional<PolicyDocument> active(String tenant, String campaign) {
    synchronized (store) {
      return Optional.ofNullable(store.active.get(new Key(tenant, campaign)))
          .flatMap(active -> byHash(tenant, active.hash()));
    }
  }

  @Override
  public Optional<PolicyDocument> byHash(String tenant, String hash) {
    synchronized (store) {
      return Optional.ofNullable(store.documents.get(new Key(tenant, hash)));
    }
  }

  @Override
  public List<Active> active(String tenant) {
    synchronized (store) {
      return store.active.entrySet().stream()
          .filter(entry -> entry.getKey().tenant().equals(tenant))
          .map(Map.Entry::getValue)
          .toList();
    }
  }

  @Override
  public Active activate(
      String tenant, PolicyDocument document, String operator, OptionalLong seen) {
    synchronized (store) {
      var policy = document.policy();
      var before = store.active.get(new Key(tenant, policy.campaign()));
      long version = before == null ? 0 : before.version();
      if (seen.orElse(version) != version) throw new Overtaken();
      var active =
          new Active(
              policy.campaign(),
              policy.hash(),
              policy.title(),
              store.now(),
              operator,
              store.nextActivation());
      store.documents.putIfAbsent(new Key(tenant, policy.hash()), document);
      store.active.put(new Key(tenant, policy.campaign()), active);
      return active;
    }
  }
}
