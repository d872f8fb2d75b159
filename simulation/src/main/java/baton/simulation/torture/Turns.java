package baton.simulation.torture;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Whom to ask next: one node after the other, those that have just failed left out for a while, as
/// whatever balances load does.
final class Turns {
  private static final long SPARED_NANOS = 1_000_000_000;

  private final AtomicInteger asked = new AtomicInteger();
  private final Map<URI, Long> spared = new ConcurrentHashMap<>();
  private volatile List<URI> nodes = List.of();

  void among(List<URI> addresses) {
    nodes = addresses;
  }

  /// @return empty where there is nobody; where all have failed, one of them
  Optional<URI> next() {
    var all = nodes;
    if (all.isEmpty()) return Optional.empty();
    for (int i = 1; i < all.size(); i++) {
      var node = turn(all);
      var until = spared.get(node);
      if (until == null || System.nanoTime() - until > 0) return Optional.of(node);
    }
    return Optional.of(turn(all));
  }

  private URI turn(List<URI> all) {
    return all.get(Math.floorMod(asked.getAndIncrement(), all.size()));
  }

  void spare(URI node) {
    spared.put(node, System.nanoTime() + SPARED_NANOS);
  }
}
