package baton.persistence.vault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Opened keys, at most a fixed number of them and each for a fixed time: another node may have
/// destroyed it meanwhile.
final class Keyring<K> {
  private record Held<K>(K key, long since) {}

  private final int most;
  private final long keptNanos;
  private final LongSupplier nanos;
  private final Map<KeyName, Held<K>> held = new LinkedHashMap<>(64, 0.75f, true);
  private long erasures;

  Keyring(int most, long keptNanos, LongSupplier nanos) {
    this.most = most;
    this.keptNanos = keptNanos;
    this.nanos = nanos;
  }

  /// The key from here, or as it is loaded.
  Optional<K> get(KeyName name, Supplier<Optional<K>> load) {
    long began = nanos.getAsLong();
    long seen;
    synchronized (this) {
      var known = held.get(name);
      if (known != null && began - known.since < keptNanos) return Optional.of(known.key);
      seen = erasures;
    }
    var loaded = load.get();
    loaded.ifPresent(key -> keep(name, new Held<>(key, began), seen));
    return loaded;
  }

  /// From now on the subject's keys are loaded again.
  synchronized void forget(String tenant, String subject) {
    erasures++;
    held.keySet().removeIf(key -> key.tenant().equals(tenant) && key.subject().equals(subject));
  }

  synchronized int size() {
    return held.size();
  }

  /// A key that was loaded before an erasure may be the erased one: it is not kept.
  private synchronized void keep(KeyName name, Held<K> key, long seen) {
    if (seen != erasures) return;
    held.put(name, key);
    for (var unused = held.values().iterator(); unused.hasNext(); unused.remove()) {
      boolean old = key.since - unused.next().since >= keptNanos;
      if (!old && held.size() <= most) break;
    }
  }
}
