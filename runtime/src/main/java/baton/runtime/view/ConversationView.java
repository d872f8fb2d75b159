package baton.runtime.view;

import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A conversation as its journal tells it.
///
/// @param status `open`, `passing`, `with-human`, `paused` or `closed`
/// @param holder a role, `human`, or null
public record ConversationView(
    String id,
    String campaign,
    String channel,
    String status,
    String holder,
    long epoch,
    Map<String, FactView> facts,
    Map<String, ConsentView> consents,
    List<Line> transcript,
    List<Permits.Shown> permits,
    List<Approvals.Shown> approvals) {

  /// @param confidence 0 to 1
  public record FactView(
      Object value,
      String source,
      long evidence,
      double confidence,
      Instant at,
      Instant freshUntil) {}

  public record ConsentView(String state, Instant at, long evidence) {}

  /// Something that was said.
  ///
  /// @param by `buyer`, a role, or `human`
  /// @param text null where it has been erased
  public record Line(long seq, Instant at, String by, String text) {}

  /// The view for a reader, or empty where the conversation was never opened.
  ///
  /// @param taken permits that are claimed and not settled
  public static Optional<ConversationView> of(
      ConversationId id, List<Entry> entries, Sight sight, Set<String> taken) {
    var fold = new Fold(sight);
    var all = Happened.in(entries);
    for (var happened : all) fold.next(happened);
    return fold.opened.map(
        opening -> {
          boolean operator = sight.reader() == Sight.Reader.OPERATOR;
          return new ConversationView(
              id.id(),
              opening.campaign(),
              opening.channel(),
              fold.status,
              fold.holder,
              fold.epoch,
              fold.facts,
              fold.consents,
              fold.transcript,
              operator ? Permits.of(all, fold.proposals, taken) : List.of(),
              operator ? Approvals.of(id, entries, sight) : List.of());
        });
  }

  /// The same while the engine may not act here.
  public ConversationView whilePaused() {
    if (status.equals("closed")) return this;
    return new ConversationView(
        id, campaign, channel, "paused", holder, epoch, facts, consents, transcript, permits,
        approvals);
  }

  private static final class Fold {
    final Sight sight;
    final Shown shown;
    final Map<Long, Event.Proposed> proposals = new HashMap<>();
    final Map<String, String> policies = new HashMap<>();
    final Map<String, FactView> facts = new TreeMap<>();
    final Map<String, ConsentView> consents = new TreeMap<>();
    final List<Line> transcript = new ArrayList<>();
    Optional<Event.Opened> opened = Optional.empty();
    String status = "open";
    String holder;
    long epoch;

    Fold(Sight sight) {
      this.sight = sight;
      this.shown = new Shown(sight);
    }

    void next(Happened happened) {
      switch (happened.event()) {
        case Event.Opened opening -> opened = Optional.of(opening);
        case Event.Heard heard ->
            say(happened, "buyer", sight.open().apply(heard.text()).orElse(null));
        case Event.Observed(var observed) -> observed.forEach(this::observe);
        case Event.ConsentChanged(var purpose, var consent) -> consents.put(purpose, view(consent));
        case Event.Proposed proposed -> proposals.put(happened.seq(), proposed);
        case Event.Decided decided ->
            decided.permit().ifPresent(permit -> policies.put(permit.id(), permit.policy()));
        case Event.Settled settled -> settle(happened, settled);
        case Event.Revoked revoked -> lease("passing", null, revoked.epoch());
        case Event.Granted granted ->
            lease(
                granted.role().equals(Role.HUMAN) ? "with-human" : "open",
                granted.role().name(),
                granted.epoch());
        case Event.Released released -> lease("open", null, released.epoch());
        case Event.Closed _ -> lease("closed", null, epoch);
        case Event.ContactBegan _,
            Event.ContactEnded _,
            Event.PolicyMoved _,
            Event.OptedOut _,
            Event.Superseded _,
            Event.Asked _,
            Event.Answered _,
            Event.Unanswered _,
            Event.Stale _,
            Event.Lapsed _,
            Event.ApprovalOpened _,
            Event.ApprovalResolved _,
            Event.ApprovalExpired _,
            Event.ApprovalVoided _,
            Event.HandOffFailed _,
            Event.BuyersTurn _,
            Event.SilenceFell _,
            Event.FollowUpScheduled _,
            Event.FollowUpDue _,
            Event.Escalated _ -> {}
      }
    }

    private void settle(Happened happened, Event.Settled settled) {
      var proposed = proposals.get(settled.proposal());
      if (settled.outcome() instanceof Outcome.Confirmed
          && proposed != null
          && proposed.action() instanceof Action.Spoken spoken) {
        String policy = policies.getOrDefault(settled.permit(), happened.entry().now().policy());
        say(happened, proposed.role().name(), sight.said(policy, spoken.words()));
      }
    }

    private void say(Happened happened, String by, String text) {
      transcript.add(new Line(happened.seq(), happened.at(), by, text));
    }

    /// A buyer sees what was learnt from the buyer or from a tool, not what our side noted.
    private void observe(String name, Fact fact) {
      boolean visible =
          sight.reader() == Sight.Reader.OPERATOR
              || fact.source() == Fact.Source.BUYER
              || fact.source() == Fact.Source.TOOL;
      if (!visible) {
        facts.remove(name);
        return;
      }
      facts.put(
          name,
          new FactView(
              shown.fact(fact.value()),
              Shown.kebab(fact.source().name()),
              fact.evidence(),
              Shown.fraction(fact.confidence()),
              fact.at(),
              fact.freshUntil()));
    }

    private void lease(String nextStatus, String nextHolder, long nextEpoch) {
      status = nextStatus;
      holder = nextHolder;
      epoch = nextEpoch;
    }

    private static ConsentView view(Consent consent) {
      return new ConsentView(
          Shown.kebab(consent.state().name()), consent.at(), consent.evidence());
    }
  }
}
