package baton.simulation.check;

import baton.simulation.history.Occurrence.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which value each key certainly had when a claim was made. It has it for the claims that are
/// numbered above the answer's number, up to the last number that was seen before somebody asked
/// for another value. No clock has a part in it.
///
/// Where two values were asked for at the same time, or one of them was never answered, nobody
/// knows which came last, and nothing is certain.
final class Certain<K, V> {
  private record Asked<K, V>(K key, V value) {}

  /// @param upTo the last claim; the span that lasts has the highest number there is
  private record Span<V>(long above, long upTo, V value) {}

  private final Map<Long, Asked<K, V>> asked = new HashMap<>();
  private final Set<Long> doubtful = new HashSet<>();
  private final Map<K, List<Span<V>>> spans = new HashMap<>();
  private long highest;

  void invoked(long number, K key, V value) {
    asked.forEach((other, that) -> {
      if (!that.key.equals(key) || that.value.equals(value)) return;
      doubtful.add(number);
      doubtful.add(other);
    });
    asked.put(number, new Asked<>(key, value));
    end(key, value);
  }

  /// Of any operation: others tell how far claims had come.
  void returned(long number, Result result, long claims) {
    highest = Math.max(highest, claims);
    var answered = asked.get(number);
    if (answered == null || result == Result.UNKNOWN) return;
    asked.remove(number);
    boolean sure = !doubtful.remove(number);
    if (result == Result.OK && claims > 0 && sure) begin(answered.key, answered.value, claims);
  }

  Optional<V> at(K key, long claim) {
    for (var span : spans.getOrDefault(key, List.of())) {
      if (span.above < claim && claim <= span.upTo) return Optional.of(span.value);
    }
    return Optional.empty();
  }

  private void begin(K key, V value, long above) {
    var known = spans.computeIfAbsent(key, _ -> new ArrayList<>());
    if (known.isEmpty() || known.getLast().upTo < Long.MAX_VALUE) {
      known.add(new Span<>(above, Long.MAX_VALUE, value));
    }
  }

  private void end(K key, V next) {
    var known = spans.getOrDefault(key, List.of());
    if (known.isEmpty() || known.getLast().upTo < Long.MAX_VALUE) return;
    var last = known.getLast();
    if (last.value.equals(next)) return;
    known.removeLast();
    if (highest > last.above) known.add(new Span<>(last.above, highest, last.value));
  }
}
