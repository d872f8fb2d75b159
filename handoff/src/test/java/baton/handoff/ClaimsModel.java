package baton.handoff;

import baton.handoff.port.Claims.Reason;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The claims of one conversation as the database would keep them.
final class ClaimsModel {
  /// @param outcome empty while the call is on its way
  record Claim(long n, Permit permit, Instant at, Optional<Outcome> outcome) {}

  sealed interface Answer {
    record Granted(Claim claim) implements Answer {}

    record Already(Claim claim) implements Answer {}

    record Refused(Reason reason) implements Answer {}
  }

  private final TreeMap<String, Claim> claims = new TreeMap<>();
  private final Set<String> tried = new HashSet<>();
  private long authority;
  private boolean optedOut;
  private int attempts;

  /// The authority row. It never moves back, nor is an opt-out taken back.
  void advance(long number, boolean buyerOptedOut) {
    authority = Math.max(authority, number);
    optedOut |= buyerOptedOut;
  }

  boolean optedOut() {
    return optedOut;
  }

  void optOutElsewhere() {
    optedOut = true;
  }

  /// Attempts to reach the buyer, in this conversation and in others.
  int attempts() {
    return attempts;
  }

  void attemptElsewhere() {
    attempts++;
  }

  /// Claims the permit if what is true now lets it.
  Answer claim(Permit permit, boolean running, String policy, Instant now) {
    tried.add(permit.id());
    for (var claim : claims.values()) {
      boolean mayHaveTakenPlace =
          claim.outcome().filter(Outcome.Failed.class::isInstance).isEmpty();
      boolean same = claim.permit().id().equals(permit.id());
      if (same || (claim.permit().key().equals(permit.key()) && mayHaveTakenPlace)) {
        return new Answer.Already(claim);
      }
    }
    if (!running) return new Answer.Refused(Reason.PAUSED);
    if (!permit.policy().equals(policy)) return new Answer.Refused(Reason.POLICY_MOVED);
    if (permit.authority() != authority) return new Answer.Refused(Reason.AUTHORITY_MOVED);
    if (!now.isBefore(permit.expiresAt())) return new Answer.Refused(Reason.EXPIRED);
    if (optedOut && !permit.despiteOptOut()) return new Answer.Refused(Reason.OPTED_OUT);
    boolean capped = permit.attemptsMax().filter(most -> most <= attempts).isPresent();
    if (capped) return new Answer.Refused(Reason.CAPPED);
    if (permit.attemptsMax().isPresent()) attempts++;
    var claim = new Claim(claims.size() + 1, permit, now, Optional.empty());
    claims.put(permit.id(), claim);
    return new Answer.Granted(claim);
  }

  /// The engine went down before it claimed, and nobody will any more.
  void giveUp(Permit permit) {
    tried.add(permit.id());
  }

  boolean wasTried(Permit permit) {
    return tried.contains(permit.id());
  }

  Optional<Claim> find(String permit) {
    return Optional.ofNullable(claims.get(permit));
  }

  Claim settle(String permit, Outcome outcome) {
    var old = claims.get(permit);
    boolean known = old.outcome().isPresent() && !(old.outcome().get() instanceof Outcome.Unknown);
    if (known) return old;
    var settled = new Claim(old.n(), old.permit(), old.at(), Optional.of(outcome));
    claims.put(permit, settled);
    return settled;
  }

  Iterable<Claim> all() {
    return claims.values();
  }
}
