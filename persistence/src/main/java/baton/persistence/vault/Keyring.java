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

  /// What was seen before keys were asked for.
  record Moment(long nanos, long erasures) {}

  /// The key from here, or as it is loaded.
  Optional<K> get(KeyName name, Supplier<Optional<K>> load) {
    var asked = moment();
    synchronized (this) {
      var known = held.get(name);
      if (known != null && asked.nanos - known.since < keptNanos) return Optional.of(known.key);
    }
    var loaded = load.get();
    loaded.ifPresent(key -> keep(name, key, asked));
    return loaded;
  }

  synchronized Moment moment() {
    return new Moment(nanos.getAsLong(), erasures);
  }

  /// A key that was loaded before an erasure may be the erased one: it is not kept.
  ///
  /// @param asked from before it was loaded, or made
  synchronized void keep(KeyName name, K key, Moment asked) {
    if (asked.erasures != erasures) return;
    held.put(name, new Held<>(key, asked.nanos));
    for (var unused = held.values().iterator(); unused.hasNext(); unused.remove()) {
      boolean old = asked.nanos - unused.next().since >= keptNanos;
      if (!old && held.size() <= most) break;
    }
  }

  /// From now on the subject's keys are loaded again.
  synchronized void forget(String tenant, String subject) {
    erasures++;
    held.keySet().removeIf(key -> key.tenant().equals(tenant) && key.subject().equals(subject));
  }

  synchronized int size() {
    return held.size();
  }
}
