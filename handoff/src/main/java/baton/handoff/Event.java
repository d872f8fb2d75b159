package baton.handoff;

import baton.handoff.action.Action;
import baton.handoff.agent.Origin;
import baton.handoff.agent.Part;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy.SafeState;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What happened. Names and members are stored for ever: add, never rename.
public sealed interface Event {
  /// The closed list of events after which no earlier permit is worth anything.
  sealed interface MovesAuthority extends Event {}

  record Opened(String campaign, String channel, Command.Buyer buyer) implements MovesAuthority {}

  record ContactBegan(String channel) implements Event {}

  record ContactEnded(String reason) implements Event {}

  /// The active policy is another one than at the last decision.
  record PolicyMoved(String from, String to) implements MovesAuthority {}

  /// @param answering topic of the question that the buyer was asked last, or empty
  record Heard(
      String message,
      String body,
      Sealed text,
      List<Signal> signals,
      int confidence,
      String answering)
      implements Event {
    public Heard {
      signals = List.copyOf(signals);
    }
  }

  /// New or newer facts.
  record Observed(SortedMap<String, Fact> facts) implements Event {
    public Observed(Map<String, Fact> facts) {
      this(new TreeMap<>(facts));
    }

    public Observed {
      facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
  }

  record ConsentChanged(String purpose, Consent consent) implements MovesAuthority {}

  /// @param evidence number of the event in which the buyer was heard
  record OptedOut(long evidence) implements MovesAuthority {}

  /// The buyer spoke, came or went while proposals or permits were waiting: they are void.
  record Superseded(long heard) implements MovesAuthority {}

  /// The holder is asked for an answer to what has happened since it was last asked.
  record Asked(Role role, long epoch, int round, Instant answerBy) implements Event {}

  /// @param origin empty where no model thought of it
  /// @param part empty where this is the whole answer
  record Answered(long ask, int proposals, Optional<Origin> origin, Optional<Part> part)
      implements Event {
    public Answered(long ask, int proposals, Optional<Origin> origin) {
      this(ask, proposals, origin, Optional.empty());
    }

    /// Whether the holder has more to say, once this is said.
    boolean goesOn() {
      return part.filter(Part::goesOn).isPresent();
    }
  }

  /// The holder did not answer in time.
  record Unanswered(long ask) implements Event {}

  /// Something came from a role or an epoch that is no longer current. Nothing follows from it.
  record Stale(Role role, long epoch, String what) implements Event {}

  record Proposed(Role role, long epoch, Action action, String digest) implements Event {}

  /// The operator's own words, which are proposed next.
  record HumanSaid(String message, String body, String operator) implements Event {}

  /// Proposals that will not be decided any more: one before them did not go well. What was still
  /// to come of the same answer is not asked for.
  record Dropped(List<Long> proposals, String cause) implements Event {
    public Dropped {
      proposals = List.copyOf(proposals);
    }
  }

  /// The holder has answered as often as the policy allows without a word of the buyer.
  record RoundsSpent(int rounds) implements Event {}

  /// The gate's word on a proposal, with every finding.
  record Decided(long proposal, Verdict verdict, List<Finding> findings, Optional<Permit> permit)
      implements Event {
    public Decided {
      findings = List.copyOf(findings);
    }
  }

  /// A permit was not claimed and never will be.
  record Lapsed(String permit, long proposal, String reason) implements Event {}

  /// What came of an effect; joins the claims table by the claim's number, digest and time. The
  /// claim may have been made under an earlier permit of the same proposal.
  record Settled(
      String permit, long proposal, long claim, String digest, Instant claimedAt, Outcome outcome)
      implements Event {}

  /// An operator says whether an effect of unknown outcome took place; its outcome follows.
  record Attested(String permit, String operator, boolean happened, String reason)
      implements Event {}

  record ApprovalOpened(Approval approval) implements Event {}

  record ApprovalResolved(long approval, String operator, boolean approved, String reason)
      implements Event {}

  record ApprovalExpired(long approval) implements Event {}

  /// The permit that an approval led to is worth nothing without it.
  record ApprovalVoided(long approval, String cause) implements MovesAuthority {}

  /// Ends the old lease, voids all permits and approvals, and opens the gap in which nobody may
  /// act.
  ///
  /// @param contract names of the facts that the next holder is given
  record Revoked(
      Role from,
      Role to,
      long epoch,
      String clause,
      List<String> contract,
      SafeState otherwise,
      Instant answerBy,
      String cause)
      implements MovesAuthority {}

  /// The offer was refused or not answered in time.
  record HandOffFailed(Role from, Role to, String reason) implements Event {}

  /// @param operator who, where the role is `human`; else empty
  record Granted(Role role, String operator, Role previous, long epoch) implements MovesAuthority {}

  /// Nobody holds the lease any more.
  record Released(Role from, long epoch, String reason) implements MovesAuthority {}

  /// It is the buyer's turn.
  record BuyersTurn(Instant silentAt) implements Event {}

  record SilenceFell(int count) implements Event {}

  record FollowUpScheduled(Instant at, String channel) implements Event {}

  record FollowUpDue(String channel) implements Event {}

  /// A person's attention is asked for.
  record Escalated(String reason) implements Event {}

  record Closed(String reason) implements MovesAuthority {}
}
