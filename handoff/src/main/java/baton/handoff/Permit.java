package baton.handoff;

import java.time.Instant;
import java.util.Optional;

/// Authority for one action, once, for a short while. A permit alone moves nothing: it is used up
/// by a claim.
///
/// @param id `tenant.conversation.seq` of the decision
/// @param proposal number of the event that recorded the proposal
/// @param digest of the action, see [baton.handoff.action.Canonical#digest]
/// @param key idempotency key: a function of the conversation, `proposal` and the digest, so that a
///   new permit for the same proposal keeps it
/// @param authority number of the conversation's last event that had changed authority
/// @param policy hash
/// @param despiteOptOut for the one sentence that confirms an opt-out
/// @param attemptsMax for an action that counts as an attempt to reach the buyer: how many there
///   may be over all conversations, this one counted in
public record Permit(
    String id,
    long seq,
    long proposal,
    String kind,
    String digest,
    String key,
    Role role,
    long epoch,
    long authority,
    String policy,
    boolean despiteOptOut,
    Optional<Integer> attemptsMax,
    Instant expiresAt) {}
