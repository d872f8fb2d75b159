package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Outcome;
import baton.handoff.port.Claims.Claim;
import baton.simulation.history.Occurrence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Invariants 5, 6 and 7: a tool is called only under a claim, with the action that was claimed,
/// and does it at most once for a key.
final class OneEffectPerKey implements Checker {
  private final Map<String, Claim> byKey = new HashMap<>();
  private final Map<Long, String> keys = new HashMap<>();
  private final Set<String> free = new HashSet<>();
  private final Set<String> done = new HashSet<>();

  @Override
  public void see(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Claimed(var claim, _, _) -> {
        var before = byKey.put(claim.key(), claim);
        keys.put(claim.n(), claim.key());
        require(
            before == null || free.remove(claim.key()),
            () ->
                "6: key "
                    + claim.key()
                    + " is claimed again, and nobody knows that nothing was done");
      }
      case Occurrence.Settled(var n, Outcome.Failed _) -> {
        if (keys.containsKey(n)) free.add(keys.get(n));
      }
      case Occurrence.Called(_, var key, var digest, var did) -> {
        var claim = byKey.get(key);
        require(claim != null, () -> "6: a tool was called without a claim: " + key);
        require(
            claim.digest().equals(digest), () -> "5: a tool was called for another action: " + key);
        if (did) require(done.add(key), () -> "7: done twice: " + key);
      }
      case Occurrence.Journaled _,
          Occurrence.Advanced _,
          Occurrence.Invoked _,
          Occurrence.Returned _,
          Occurrence.Settled _,
          Occurrence.Killed _ -> {}
    }
  }
}
