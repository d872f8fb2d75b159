package baton.runtime.tools;

import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Appointments.Busy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The times that are free, with one seller each.
final class Openings {
  private Openings() {}

  /// Free slots within, in order, no two at the same time. Of several sellers who are free then the
  /// one comes first with whom the conversation has an appointment already, then who has the fewest
  /// ahead, then by name.
  static List<Slot> of(Appointments book, Effect effect, Instant from, Instant until) {
    String tenant = effect.conversation().tenant();
    var now = effect.at();
    var sellers = book.sellers(tenant);
    var furthest = sellers.stream().map(Seller::ahead).reduce(Duration.ZERO, Openings::longer);
    var busy =
        book.busy(tenant, now, now.plus(furthest).plus(Duration.ofDays(2))).stream()
            .collect(Collectors.groupingBy(Busy::seller));
    var mine = book.sellersOf(effect.conversation(), now);
    var free = new TreeMap<Instant, Slot>();
    for (var seller : fairly(sellers, mine, busy)) {
      var taken = busy.getOrDefault(seller.name(), List.of());
      var soonest = later(from, now.plus(seller.notice()));
      var last = earlier(until, now.plus(seller.ahead()));
      if (!soonest.isBefore(last)) continue;
      for (var slot : seller.slots(soonest, last)) {
        var reserved = seller.reserved(slot);
        boolean open = slot.start().isAfter(now) && taken.stream().noneMatch(reserved::overlaps);
        if (open) free.putIfAbsent(slot.start(), slot);
      }
    }
    return List.copyOf(free.values());
  }

  private static List<Seller> fairly(
      List<Seller> sellers, Set<String> mine, Map<String, List<Busy>> busy) {
    return sellers.stream()
        .sorted(
            Comparator.<Seller, Boolean>comparing(seller -> !mine.contains(seller.name()))
                .thenComparing(seller -> busy.getOrDefault(seller.name(), List.of()).size())
                .thenComparing(Seller::name))
        .toList();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
