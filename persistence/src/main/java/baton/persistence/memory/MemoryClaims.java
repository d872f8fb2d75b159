package baton.persistence.memory;

import baton.handoff.Circumstances.Standing;
import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.port.Claims;
import baton.persistence.memory.MemoryStore.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The claims in memory. Its two rules can be taken away by a subclass, for proof that somebody
/// would notice.
public class MemoryClaims implements Claims {
  private final MemoryStore store;

  public MemoryClaims(MemoryStore store) {
    this.store = store;
  }

  @Override
  public List<Answer> claim(List<Request> batch) {
    synchronized (store) {
      var answers = new ArrayList<Answer>();
      for (var request : batch) answers.add(claim(request));
      return List.copyOf(answers);
    }
  }

  private Answer claim(Request request) {
    var known = known(request);
    if (known.isPresent()) return new Answer.Already(known.get());
    Instant now = store.now();
    var refusal = refusal(request, now);
    if (refusal.isPresent()) return new Answer.Refused(refusal.get());
    var permit = request.permit();
    var claim =
        new Claim(
            store.next(),
            permit.id(),
            request.conversation(),
            request.campaign(),
            permit.role(),
            permit.epoch(),
            permit.kind(),
            permit.key(),
            permit.digest(),
            ClaimState.CLAIMED,
            now,
            Optional.empty(),
            request.payload(),
            Optional.empty());
    store.put(claim);
    if (permit.attemptsMax().isPresent()) {
      store.standings.merge(
          new Key(request.conversation().tenant(), request.subject()),
          new Standing(false, 1),
          (was, one) -> new Standing(was.optedOut(), was.attempts() + one.attempts()));
    }
    return new Answer.Granted(claim.n(), now);
  }

  /// A claim of the permit itself, or else of its proposal.
  protected Optional<Claim> known(Request request) {
    var tenant = request.conversation().tenant();
    return store
        .claim(tenant, request.permit().id())
        .or(() ->
            store
                .claimsOf(tenant, request.permit().key())
                .filter(claim -> claim.state() != ClaimState.FAILED)
                .findFirst());
  }

  /// Why it may not be claimed, or empty where it may.
  protected Optional<Reason> refusal(Request request, Instant now) {
    var id = request.conversation();
    var permit = request.permit();
    var role = permit.role().name();
    if (store.concluded.contains(new Key(id.tenant(), permit.id()))) {
      return Optional.of(Reason.INTERRUPTED);
    }
    if (store.pausedOver(id, request.campaign(), role).isPresent()) {
      return Optional.of(Reason.PAUSED);
    }
    var active = store.active.get(new Key(id.tenant(), request.campaign()));
    if (active == null || !active.hash().equals(permit.policy())) {
      return Optional.of(Reason.POLICY_MOVED);
    }
    var authority = store.authorities.get(MemoryStore.key(id));
    if (authority == null || authority != permit.authority()) {
      return Optional.of(Reason.AUTHORITY_MOVED);
    }
    if (!permit.expiresAt().isAfter(now)) return Optional.of(Reason.EXPIRED);
    var standing =
        store.standings.getOrDefault(new Key(id.tenant(), request.subject()), Standing.CLEAR);
    if (standing.optedOut() && !permit.despiteOptOut()) return Optional.of(Reason.OPTED_OUT);
    boolean capped = permit.attemptsMax().filter(most -> most <= standing.attempts()).isPresent();
    if (capped) return Optional.of(Reason.CAPPED);
    return Optional.empty();
  }

  @Override
  public void settle(List<Settlement> batch) {
    synchronized (store) {
      for (var settlement : batch) {
        store
            .claim(settlement.tenant(), settlement.claim())
            .filter(MemoryClaims::isOpen)
            .ifPresent(claim -> store.put(settled(claim, settlement.outcome())));
      }
    }
  }

  private Claim settled(Claim claim, Outcome outcome) {
    var state =
        switch (outcome) {
          case Outcome.Confirmed _ -> ClaimState.CONFIRMED;
          case Outcome.Failed _ -> ClaimState.FAILED;
          case Outcome.Unknown _ -> ClaimState.UNKNOWN;
        };
    return new Claim(
        claim.n(),
        claim.permit(),
        claim.conversation(),
        claim.campaign(),
        claim.role(),
        claim.epoch(),
        claim.kind(),
        claim.key(),
        claim.digest(),
        state,
        claim.at(),
        Optional.of(store.now()),
        claim.payload(),
        Optional.of(outcome));
  }

  static boolean isOpen(Claim claim) {
    return claim.state() == ClaimState.CLAIMED || claim.state() == ClaimState.UNKNOWN;
  }

  @Override
  public void advance(List<Authority> rows) {
    synchronized (store) {
      for (var row : rows) {
        store.authorities.merge(MemoryStore.key(row.conversation()), row.authority(), Math::max);
        if (row.optedOut()) {
          store.standings.merge(
              new Key(row.conversation().tenant(), row.subject()),
              new Standing(true, 0),
              (was, _) -> new Standing(true, was.attempts()));
        }
      }
    }
  }

  @Override
  public Optional<Claim> find(String tenant, String permit) {
    synchronized (store) {
      return store.claim(tenant, permit);
    }
  }

  @Override
  public Optional<Claim> conclude(ConversationId conversation, String permit) {
    synchronized (store) {
      var claim = find(conversation.tenant(), permit);
      if (claim.isEmpty()) store.concluded.add(new Key(conversation.tenant(), permit));
      return claim;
    }
  }

  @Override
  public List<Claim> open(ConversationId conversation) {
    synchronized (store) {
      return store.claimsOf(conversation).filter(MemoryClaims::isOpen).toList();
    }
  }

  @Override
  public List<Claim> page(String tenant, long after, Optional<String> conversation, int limit) {
    Predicate<Claim> within =
        claim -> conversation.isEmpty() || conversation.get().equals(claim.conversation().id());
    synchronized (store) {
      return store
          .claimsAfter(after)
          .filter(claim -> claim.conversation().tenant().equals(tenant))
          .filter(within)
          .limit(limit)
          .toList();
    }
  }
}
