package baton.persistence.audit;

import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.persistence.codec.JournalCodec;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one conversation's journal says of its claims: each claim rests on a permit that the
/// journal gave, and each outcome has the claim that it names.
final class Outcomes {
  private static final String UNKNOWN = "\"type\":\"unknown\"";

  private record Settled(long seq, String digest, Instant claimedAt, String outcome) {}

  private final ConversationId id;
  private final Set<String> permits = new HashSet<>();
  private final Map<Long, Settled> settled = new HashMap<>();

  Outcomes(ConversationId id) {
    this.id = id;
  }

  void take(long seq, Event event) {
    switch (event) {
      case Event.Decided decided -> decided.permit().ifPresent(p -> permits.add(p.id()));
      case Event.Settled e ->
          settled.put(
              e.claim(),
              new Settled(seq, e.digest(), e.claimedAt(), JournalCodec.toJson(e.outcome())));
      case Event _ -> {}
    }
  }

  /// What is wrong between the journal and the conversation's claims, if anything. A claim without
  /// an outcome in the journal is open; one whose outcome is not in the table yet will have it.
  ///
  /// @param claims in the order of their numbers
  Optional<Difference> join(List<StoredClaim> claims) {
    var numbers = new HashSet<Long>();
    for (var claim : claims) {
      numbers.add(claim.n());
      var wrong = join(claim);
      if (wrong.isPresent()) return wrong;
    }
    return settled.entrySet().stream()
        .filter(each -> !numbers.contains(each.getKey()))
        .min(Map.Entry.comparingByKey())
        .map(each ->
            different(
                each.getValue().seq,
                "the claim " + each.getKey() + " that it is the outcome of is not there"));
  }

  private Optional<Difference> join(StoredClaim claim) {
    if (!permits.contains(claim.permit())) {
      return Optional.of(different(0, "claim " + claim.n() + " has a permit that nobody gave"));
    }
    var outcome = settled.get(claim.n());
    if (outcome == null) return Optional.empty();
    if (!outcome.digest.equals(claim.digest())) {
      return Optional.of(different(outcome.seq, "claim " + claim.n() + " is of another action"));
    }
    if (!outcome.claimedAt.equals(claim.at())) {
      return Optional.of(different(outcome.seq, "claim " + claim.n() + " is of another time"));
    }
    // The table comes after the journal, and of an unknown outcome something may be known since.
    boolean told =
        claim.outcome() == null
            || claim.outcome().contains(UNKNOWN)
            || claim.outcome().equals(outcome.outcome);
    return told
        ? Optional.empty()
        : Optional.of(
            different(outcome.seq, "claim " + claim.n() + " has another outcome in its table"));
  }

  private Difference different(long seq, String what) {
    return new Difference("conversation " + id.key(), 0, seq, what);
  }
}
