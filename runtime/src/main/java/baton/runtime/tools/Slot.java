package baton.runtime.tools;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Half an hour of one seller.
public record Slot(String seller, Instant start) {
  private static final Comparator<Slot> BY_START =
      Comparator.comparing(Slot::start).thenComparing(Slot::seller);

  public Instant end() {
    return start.plus(Seller.SLOT);
  }

  /// `seller@instant`, the instant in ISO 8601 with `Z`.
  String name() {
    return seller + "@" + start;
  }

  /// The inverse of [#name]; no other spelling is a name.
  static Optional<Slot> named(String name) {
    int at = name.indexOf('@');
    if (at < 0) return Optional.empty();
    try {
      var slot = new Slot(name.substring(0, at), Instant.parse(name.substring(at + 1)));
      return slot.name().equals(name) ? Optional.of(slot) : Optional.empty();
    } catch (DateTimeParseException noInstant) {
      return Optional.empty();
    }
  }

  /// At most `count` to choose from, earliest first: no two at the same time, and `apart` from one
  /// another as long as there are such. Equal input gives equal output, in whatever order.
  static List<Slot> spread(List<Slot> free, int count, Duration apart) {
    var starts = new TreeMap<Instant, Slot>();
    free.stream().sorted(BY_START).forEach(slot -> starts.putIfAbsent(slot.start(), slot));
    var chosen = new ArrayList<Slot>();
    for (var slot : starts.values()) {
      if (chosen.size() == count) break;
      if (chosen.isEmpty() || !slot.start().isBefore(chosen.getLast().start().plus(apart))) {
        chosen.add(slot);
      }
    }
    chosen.forEach(slot -> starts.remove(slot.start()));
    starts.values().stream().limit(count - chosen.size()).forEach(chosen::add);
    chosen.sort(BY_START);
    return List.copyOf(chosen);
  }
}
