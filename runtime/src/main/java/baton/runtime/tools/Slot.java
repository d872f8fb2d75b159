package baton.runtime.tools;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A time of one seller's.
public record Slot(String seller, Instant start, Instant end) {
  private static final Comparator<Slot> BY_START =
      Comparator.comparing(Slot::start).thenComparing(Slot::seller);

  /// What a slot is called: whose it is and when it starts.
  record Name(String seller, Instant start) {
    /// `seller@instant`, the instant in ISO 8601 with `Z`.
    @Override
    public String toString() {
      return seller + "@" + start;
    }

    /// The inverse of [#toString]; no other spelling is a name.
    static Optional<Name> parsed(String text) {
      int at = text.indexOf('@');
      if (at < 0) return Optional.empty();
      try {
        var name = new Name(text.substring(0, at), Instant.parse(text.substring(at + 1)));
        return name.toString().equals(text) ? Optional.of(name) : Optional.empty();
      } catch (DateTimeParseException noInstant) {
        return Optional.empty();
      }
    }
  }

  String name() {
    return new Name(seller, start).toString();
  }

  /// At most `count` to choose from, earliest first, and `apart` from one another as long as there
  /// are such. The choice begins with the slot of that number, and goes on from the first where
  /// there are too few behind it.
  ///
  /// @param slots in order, no two at the same time
  static List<Slot> spread(List<Slot> slots, int first, int count, Duration apart) {
    var order = new ArrayList<>(slots.subList(first, slots.size()));
    order.addAll(slots.subList(0, first));
    var chosen = new ArrayList<Slot>();
    for (var slot : order) {
      boolean near = chosen.stream().anyMatch(other -> slot.near(other, apart));
      if (chosen.size() < count && !near) chosen.add(slot);
    }
    for (var slot : order) {
      if (chosen.size() < count && !chosen.contains(slot)) chosen.add(slot);
    }
    chosen.sort(BY_START);
    return List.copyOf(chosen);
  }

  private boolean near(Slot other, Duration apart) {
    return Duration.between(start, other.start).abs().compareTo(apart) < 0;
  }
}
