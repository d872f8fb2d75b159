package baton.handoff.port;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where permits are used up. A claim is the durable act just before the outside world is called.
/// Thread-safe; blocks. An outage is an exception, never an answer.
public interface Claims {
  /// Claims each permit, all in one transaction, with an answer for each in the same order. A
  /// request whose permit, or whose proposal under another permit (same key, and claimed, confirmed
  /// or unknown), has a claim is answered [Answer.Already].
  List<Answer> claim(List<Request> batch);

  /// Records what came of claims. A claim that is settled already stays as it is, unless it was
  /// `unknown`.
  void settle(List<Settlement> batch);

  /// Writes the authority rows, each under its conversation's lock taken exclusively, and opt-outs
  /// under the subject's. Once this returns no claim commits on older authority. A row never moves
  /// back.
  void advance(List<Authority> rows);

  /// All three at once: what is newer than a claim of the same batch counts for it.
  ///
  /// @return an answer for each request, in the same order
  default List<Answer> take(Batch batch) {
    advance(batch.authorities());
    settle(batch.settlements());
    return claim(batch.requests());
  }

  record Batch(List<Authority> authorities, List<Settlement> settlements, List<Request> requests) {
    public Batch {
      authorities = List.copyOf(authorities);
      settlements = List.copyOf(settlements);
      requests = List.copyOf(requests);
    }
  }

  Optional<Claim> find(String tenant, String permit);

  /// What has become of a permit that is given up: its claim, or nothing. Where it is nothing there
  /// never will be a claim, even by a request that is on its way: that is refused as `INTERRUPTED`.
  Optional<Claim> conclude(ConversationId conversation, String permit);

  /// Claims of one conversation without an outcome: claimed or unknown.
  List<Claim> open(ConversationId conversation);

  /// Claims after number `after`, lowest first, at most `limit`. None is shown before all lower
  /// ones are committed.
  List<Claim> page(String tenant, long after, Optional<String> conversation, int limit);

  /// @param payload canonical JSON of the action, its personal values sealed
  record Request(
      ConversationId conversation,
      String campaign,
      String subject,
      Permit permit,
      String payload) {}

  sealed interface Answer {
    /// @param n number of the claim, rising
    /// @param at by the database's clock
    record Granted(long n, Instant at) implements Answer {}

    /// The same permit, or another permit of the same proposal, has been claimed before.
    record Already(Claim claim) implements Answer {}

    /// Nothing was claimed.
    record Refused(Reason reason) implements Answer {}
  }

  enum Reason {
    /// A scope that covers the conversation is paused.
    PAUSED,
    /// The campaign's active policy is not the permit's.
    POLICY_MOVED,
    /// An event since the decision changed authority.
    AUTHORITY_MOVED,
    EXPIRED,
    OPTED_OUT,
    /// The buyer has been contacted as often as the permit allows.
    CAPPED,
    /// The engine went down before it claimed, and the permit was given up.
    INTERRUPTED
  }

  /// @param claim the claim's number
  record Settlement(String tenant, long claim, Outcome outcome) {}

  /// @param authority number of the conversation's last event that changed authority
  /// @param optedOut whether the buyer has opted out: never taken back by a later row
  record Authority(ConversationId conversation, String subject, long authority, boolean optedOut) {}

  enum ClaimState {
    CLAIMED,
    CONFIRMED,
    FAILED,
    UNKNOWN
  }

  record Claim(
      long n,
      String permit,
      ConversationId conversation,
      String campaign,
      Role role,
      long epoch,
      String kind,
      String key,
      String digest,
      ClaimState state,
      Instant at,
      Optional<Instant> settledAt,
      String payload,
      Optional<Outcome> outcome) {}
}
