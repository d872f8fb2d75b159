package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Command;
import baton.handoff.Event;
import baton.handoff.State;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.policy.Policy;
import baton.simulation.history.Occurrence;
import java.time.Instant;

/// Invariant 10: every hand-off is in the policy's table, and its guard held on the facts of that
/// moment.
final class LegalTransitions implements Checker {
  @Override
  public void see(Occurrence occurrence) {
    if (!(occurrence instanceof Occurrence.Journaled journaled)) return;
    var command = journaled.entry().command();
    for (int i = 0; i < journaled.entry().events().size(); i++) {
      if (!(journaled.entry().events().get(i) instanceof Event.Revoked revoked)) continue;
      switch (revoked.cause()) {
        case "take-over" ->
            require(command instanceof Command.TakeOver, () -> "10: taken over by none");
        case "hand-back" ->
            require(command instanceof Command.HandBack, () -> "10: given back by none");
        default -> {
          // A transfer to a person takes hold with its outcome: its guard was judged before.
          boolean transfer = command instanceof Command.Settle || command instanceof Command.Attest;
          if (!transfer && journaled.states().get(i) instanceof State.Live live) {
            guard(journaled.policy(), revoked, live, journaled.entry().now().at());
          }
        }
      }
    }
  }

  private static void guard(Policy policy, Event.Revoked revoked, State.Live live, Instant at) {
    var name = revoked.from() + ">" + revoked.to();
    var edge = policy.transition(revoked.from(), revoked.to());
    require(edge.isPresent(), () -> "10: " + name + " is not in the table");
    var facts = live.known().facts();
    for (var needed : edge.get().requires()) {
      var fact = facts.get(needed.fact());
      require(
          isSound(fact, at) && fact.confidence() >= needed.confidence(),
          () -> "10: " + name + " without " + needed.fact());
    }
    for (var topic : edge.get().confirmations()) {
      var fact = facts.get("confirmed." + topic);
      require(
          isSound(fact, at) && fact.value().shown().equals("yes"),
          () -> "10: " + name + " without a yes to " + topic);
    }
    for (var purpose : edge.get().consents()) {
      var consent = live.known().consents().get(purpose);
      boolean granted = consent != null && consent.state() == Consent.State.GRANTED;
      require(granted, () -> "10: " + name + " without consent to " + purpose);
    }
    long taken = live.counted().of("hand-offs." + name);
    require(taken < edge.get().bounceMax(), () -> "10: " + name + " beyond the bounce ceiling");
  }

  private static boolean isSound(Fact fact, Instant at) {
    return fact != null && fact.source() != Fact.Source.AGENT && fact.freshAt(at);
  }
}
