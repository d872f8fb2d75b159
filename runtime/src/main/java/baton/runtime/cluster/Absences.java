package baton.runtime.cluster;

import baton.persistence.db.PgNodes.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Members whose session on the database has ended and does not come back: their process is gone,
/// or cannot reach the database and so can do nothing. That is known sooner, and better, than that
/// a machine does not answer.
final class Absences {
  /// Whoever has only lost the session is back before.
  private static final Duration GONE_AFTER = Duration.ofSeconds(2);

  /// After the database itself was away all come back, one by one.
  private static final Duration SETTLING = Duration.ofSeconds(15);

  private final Map<String, Long> since = new HashMap<>();
  private long settledAtNs = Long.MIN_VALUE;

  /// @param members addresses of all members but this one
  /// @param nowNs on a clock that never goes back
  /// @return those that are gone
  List<String> look(Place place, Collection<String> members, long nowNs) {
    if (!(place instanceof Place.Kept(var live))) {
      since.clear();
      settledAtNs = nowNs + SETTLING.toNanos();
      return List.of();
    }
    var gone = new ArrayList<String>();
    since.keySet().retainAll(members);
    for (var member : members) {
      if (live.stream().anyMatch(one -> one.address().equals(member))) {
        since.remove(member);
      } else if (nowNs - since.computeIfAbsent(member, _ -> nowNs) >= GONE_AFTER.toNanos()
          && nowNs >= settledAtNs) {
        gone.add(member);
      }
    }
    return gone;
  }
}
