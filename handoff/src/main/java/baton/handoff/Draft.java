package baton.handoff;

import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Gate;
import baton.handoff.gate.Inquiry;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.SafeState;
import baton.handoff.policy.Policy.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// A step in the making: the events so far, folded as they are added, and what follows from them.
final class Draft {
  /// How often a proposal is decided again after its permit was not claimed.
  static final int RE_DECIDED_MAX = 3;

  private final Circumstances now;
  private final Policy policy;
  private final List<Event> events = new ArrayList<>();
  private State state;

  Draft(State state, Circumstances now, Policy policy) {
    this.state = state;
    this.now = now;
    this.policy = policy;
    if (state instanceof Live live && !live.policy().equals(policy.hash())) policyMoved(live);
  }

  // --- reading

  /// Only while the conversation lives.
  Live live() {
    return (Live) state;
  }

  boolean isLive() {
    return state instanceof Live;
  }

  Instant at() {
    return now.at();
  }

  Circumstances now() {
    return now;
  }

  Policy policy() {
    return policy;
  }

  /// What was decided.
  Decision done() {
    return events.isEmpty() ? new Decision.Nothing() : new Decision.Accepted(events);
  }

  // --- writing

  /// @return number of the event
  long add(Event event) {
    state = Evolution.apply(state, event, now.at());
    events.add(event);
    return state.seq();
  }

  private void policyMoved(Live live) {
    voidApprovals("policy-changed");
    add(new Event.PolicyMoved(live.policy(), policy.hash()));
  }

  void voidApprovals(String cause) {
    for (long seq : List.copyOf(live().work().approvals().keySet())) {
      add(new Event.ApprovalVoided(seq, cause));
    }
  }

  /// Facts, each fresh for as long as the policy says. An approval that rested on another value of
  /// one is void.
  void observe(SortedMap<String, Fact> facts) {
    if (facts.isEmpty()) return;
    var before = live().known().facts();
    add(new Event.Observed(facts));
    for (var approval : List.copyOf(live().work().approvals().values())) {
      boolean moved =
          approval.facts().stream()
              .anyMatch(name -> facts.containsKey(name) && !isSame(before, facts, name));
      if (moved) add(new Event.ApprovalVoided(approval.seq(), "fact-changed"));
    }
  }

  private static boolean isSame(Map<String, Fact> before, Map<String, Fact> after, String name) {
    return before.containsKey(name) && before.get(name).value().equals(after.get(name).value());
  }

  Fact fact(baton.handoff.fact.Value value, Fact.Source source, int confidence, String name) {
    var freshUntil = now.at().plus(policy.freshness(name));
    return new Fact(value, source, live().seq(), confidence, now.at(), freshUntil);
  }

  void propose(Role role, Action action) {
    var epoch = live().lease().epoch();
    add(new Event.Proposed(role, epoch, action, Canonical.digest(action)));
  }

  /// The engine says one of the policy's lines, where the policy has it.
  void say(String line) {
    if (!policy.lines().containsKey(line)) return;
    propose(Role.ENGINE, new Action.Speak(new Words.Line(line), ""));
  }

  // --- the lease

  void revoke(Role to, Optional<Transition> edge, Duration within, String cause) {
    var from = Evolution.holder(live().lease());
    voidApprovals("lease-ended");
    add(
        new Event.Revoked(
            from,
            to,
            live().lease().epoch() + 1,
            edge.map(e -> e.clause().id()).orElse("engine"),
            edge.map(e -> e.contract().stream().sorted().toList()).orElse(List.of("*")),
            edge.map(Transition::otherwise).orElse(SafeState.RETURN),
            now.at().plus(within),
            cause));
  }

  void grant(Role role, String operator) {
    var previous = Evolution.holder(live().lease());
    add(new Event.Granted(role, operator, previous, live().lease().epoch() + 1));
  }

  void release(String reason) {
    voidApprovals("lease-ended");
    add(new Event.Released(Evolution.holder(live().lease()), live().lease().epoch() + 1, reason));
  }

  /// The hand-off came to nothing: the policy's safe state for it.
  void failHandOff(Lease.Passing passing, String reason) {
    add(new Event.HandOffFailed(passing.from(), passing.to(), reason));
    var back = passing.from().equals(Role.HUMAN) ? SafeState.HUMAN : passing.otherwise();
    safely(back, reason, () -> grant(passing.from(), ""));
  }

  void safely(SafeState state, String reason, Runnable toReturn) {
    switch (state) {
      case RETURN -> toReturn.run();
      case HUMAN -> {
        release(reason);
        add(new Event.Escalated(reason));
        say("human-soon");
      }
      case CLOSE -> {
        release(reason);
        say("goodbye");
        propose(Role.ENGINE, new Action.Close(reason));
      }
    }
  }

  void optOut(long evidence) {
    add(new Event.OptedOut(evidence));
    release("opted-out");
    say("stopped");
    propose(Role.ENGINE, new Action.Close("opted-out"));
  }

  void close(String reason) {
    voidApprovals("closed");
    add(new Event.ContactEnded(reason));
    add(new Event.Closed(reason));
  }

  // --- what follows

  /// Goes on as far as it goes without the outside: decides what is next, asks the holder, or waits
  /// for the buyer. What was held back by a pause is tried again only on a wake.
  Decision proceed(boolean retryHeld) {
    while (isLive() && isClear()) {
      var queue = live().work().queue();
      if (!queue.isEmpty()) {
        var head = queue.getFirst();
        if (head.stage() == Proposal.Stage.HELD && !(retryHeld && now.control().running())) break;
        int before = events.size();
        decide(head);
        if (events.size() == before) break;
      } else if (owesAnAsk()) {
        if (ask()) break;
      } else {
        awaitBuyer();
        break;
      }
    }
    return done();
  }

  /// One effect at a time: the next decision is made on what came of the last. An outcome that
  /// nobody knows is waited for by actions of its kind alone, see the certainty check.
  private boolean isClear() {
    return live().work().flights().values().stream()
        .allMatch(flight -> flight.stage() == Flight.Stage.UNKNOWN);
  }

  private void decide(Proposal proposal) {
    var approval = Optional.ofNullable(live().work().approvals().get(proposal.approval()));
    var inquiry = new Inquiry(policy, live(), proposal, now, approval);
    var judgement = Gate.judge(inquiry);
    var findings = judgement.findings();
    switch (judgement.verdict()) {
      case PERMIT -> permit(proposal, findings, inquiry.despiteOptOut());
      case DEFER -> {
        var decided = new Event.Decided(proposal.seq(), Verdict.DEFER, findings, Optional.empty());
        if (!Evolution.onlyControlDefers(decided)) refuse(proposal, Verdict.DEFER, findings);
        else if (proposal.stage() == Proposal.Stage.QUEUED) add(decided);
      }
      case ESCALATE -> escalate(proposal, judgement);
      case DENY -> refuse(proposal, Verdict.DENY, findings);
    }
  }

  private void permit(Proposal proposal, List<Finding> findings, boolean despiteOptOut) {
    switch (proposal.action()) {
      case Action.Inside action -> {
        add(new Event.Decided(proposal.seq(), Verdict.PERMIT, findings, Optional.empty()));
        takeHold(action);
      }
      case Action.Spoken _, Action.Outside _ -> {
        long seq = live().seq() + 1;
        var permit =
            new Permit(
                live().id().numbered(seq),
                seq,
                proposal.seq(),
                proposal.action().kind(),
                proposal.digest(),
                proposal.key(live().id()),
                proposal.role(),
                proposal.epoch(),
                live().authority(),
                policy.hash(),
                despiteOptOut,
                now.at().plus(policy.timing().permit()));
        add(new Event.Decided(proposal.seq(), Verdict.PERMIT, findings, Optional.of(permit)));
      }
    }
  }

  private void takeHold(Action.Inside action) {
    switch (action) {
      case Action.InterpretConsent(var purpose, var consent, var evidence) ->
          add(new Event.ConsentChanged(purpose, new Consent(consent, now.at(), evidence)));
      case Action.RequestHandOff(var to, _) -> {
        var from = Evolution.holder(live().lease());
        var edge = policy.transition(from, to);
        var within = edge.map(Transition::answerWithin).orElse(policy.timing().human());
        revoke(to, edge, within, "proposed");
      }
      case Action.ScheduleFollowUp(var at, var channel) ->
          add(new Event.FollowUpScheduled(at, channel));
      case Action.Escalate(var reason) -> add(new Event.Escalated(reason));
      case Action.Close(var reason) -> close(reason);
    }
  }

  /// A right-holder is asked where there is one right that would do; else it is refused.
  private void escalate(Proposal proposal, Gate.Judgement judgement) {
    var rights =
        judgement.decisive().stream().map(f -> f.details().getOrDefault("right", "")).distinct();
    var named = rights.toList();
    if (named.size() != 1 || named.getFirst().isEmpty()) {
      refuse(proposal, Verdict.ESCALATE, judgement.findings());
      add(new Event.Escalated(proposal.action().kind()));
      return;
    }
    add(
        new Event.Decided(
            proposal.seq(), Verdict.ESCALATE, judgement.findings(), Optional.empty()));
    dropRest(proposal.role(), "one before it waits for an approval");
    var facts = judgement.decisive().stream().flatMap(f -> f.facts().stream());
    add(
        new Event.ApprovalOpened(
            new Approval(
                live().seq() + 1,
                proposal,
                named.getFirst(),
                facts.distinct().sorted().toList(),
                now.at().plus(policy.timing().approval()),
                new Approval.Standing.Open())));
    say("moment");
  }

  private void refuse(Proposal proposal, Verdict verdict, List<Finding> findings) {
    add(new Event.Decided(proposal.seq(), verdict, findings, Optional.empty()));
    dropRest(proposal.role(), "one before it was not permitted");
  }

  /// What followed in the same answer was thought on the assumption that this would go well.
  void dropRest(Role role, String cause) {
    if (!Evolution.isAgent(role)) return;
    var rest =
        live().work().queue().stream()
            .filter(waiting -> waiting.role().equals(role) && waiting.approval() == 0)
            .map(Proposal::seq)
            .toList();
    if (!rest.isEmpty()) add(new Event.Dropped(rest, cause));
  }

  /// The flight as it stands after the events so far.
  Flight current(Flight flight) {
    var work = state instanceof State.Closed(var last, _) ? last.work() : live().work();
    return work.flights().getOrDefault(flight.permit().id(), flight);
  }

  /// A permit was not claimed. Its proposal is decided again, but not without end.
  void lapse(Flight flight, String reason) {
    var proposal = flight.proposal();
    add(new Event.Lapsed(flight.permit().id(), proposal.seq(), reason));
    boolean again =
        isLive() && live().work().queue().stream().anyMatch(p -> p.seq() == proposal.seq());
    if (!again || proposal.reDecided() < RE_DECIDED_MAX) return;
    add(new Event.Dropped(List.of(proposal.seq()), "its permit could not be claimed"));
    dropRest(proposal.role(), "one before it could not be claimed");
  }

  private boolean owesAnAsk() {
    return live().lease() instanceof Lease.Held
        && live().work().ask().isEmpty()
        && !live().work().prompts().isEmpty();
  }

  /// @return false where the holder was asked too often already; then the engine apologises
  private boolean ask() {
    int rounds = (int) live().counted().of("rounds");
    if (rounds >= policy.fallbacks().roundsMax()) {
      add(new Event.RoundsSpent(rounds));
      say("sorry");
      return false;
    }
    var lease = live().lease();
    var answerBy = now.at().plus(policy.timing().think());
    add(new Event.Asked(Evolution.holder(lease), lease.epoch(), rounds + 1, answerBy));
    return true;
  }

  private void awaitBuyer() {
    var work = live().work();
    boolean waiting =
        live().lease() instanceof Lease.Held
            && work.ask().isEmpty()
            && work.silentAt().isEmpty()
            && work.approvals().isEmpty();
    if (waiting) add(new Event.BuyersTurn(now.at().plus(policy.timing().silence())));
  }

  /// What is due by the clock. While paused only what has nothing to do with acting is.
  void due() {
    var work = live().work();
    for (var approval : List.copyOf(work.approvals().values())) {
      if (isDue(approval.expiresAt()) && !isInUse(approval)) {
        add(new Event.ApprovalExpired(approval.seq()));
      }
    }
    if (!now.control().running()) return;
    if (live().lease() instanceof Lease.Passing passing && isDue(passing.answerBy())) {
      failHandOff(passing, "not-answered");
    }
    var ask = live().work().ask();
    if (ask.isPresent() && isDue(ask.get().answerBy())) {
      add(new Event.Unanswered(ask.get().seq()));
      safely(policy.fallbacks().thinking(), "agent-silent", () -> {});
    }
    if (live().work().silentAt().filter(this::isDue).isPresent()) silence();
    live()
        .work()
        .followUp()
        .filter(followUp -> isDue(followUp.at()))
        .ifPresent(followUp -> add(new Event.FollowUpDue(followUp.channel())));
  }

  private boolean isInUse(Approval approval) {
    return live().work().flights().values().stream()
        .anyMatch(flight -> flight.proposal().approval() == approval.seq());
  }

  private boolean isDue(Instant at) {
    return !now.at().isBefore(at);
  }

  private void silence() {
    int count = (int) live().counted().of("silences") + 1;
    add(new Event.SilenceFell(count));
    if (count < policy.fallbacks().silencesMax()) return;
    release("silence");
    say("silent");
    propose(Role.ENGINE, new Action.Close("silence"));
  }
}
