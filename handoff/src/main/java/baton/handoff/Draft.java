package baton.handoff;

import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.action.Words;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
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

/// A step in the making: the events so far, folded as they are added.
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

  State state() {
    return state;
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

  Fact fact(Value value, Fact.Source source, int confidence, String name) {
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

  // --- effects

  /// What followed in the same answer was thought on the assumption that this would go well.
  void dropRest(Role role, String cause) {
    if (!Evolution.isAgent(role)) return;
    var rest =
        live().work().queue().stream()
            .filter(waiting -> waiting.role().equals(role) && waiting.approval() == 0)
            .map(Proposal::seq)
            .toList();
    boolean moreToCome = live().work().unfinished().isPresent();
    if (!rest.isEmpty() || moreToCome) add(new Event.Dropped(rest, cause));
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
}
