package baton.handoff;

import baton.handoff.Decision.Nothing;
import baton.handoff.Decision.Refusal;
import baton.handoff.Decision.Rejected;
import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import baton.handoff.port.Claims;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// What becomes of permits: they are not claimed, or their effects have an outcome.
final class FromEffects {
  private FromEffects() {}

  static Decision unclaimed(Draft draft, Live live, Command.Unclaimed unclaimed) {
    var flight = live.work().flights().get(unclaimed.permit());
    if (flight == null) return new Nothing();
    // It was claimed, or nobody could be in doubt about its outcome: this comes late.
    if (flight.stage() == Flight.Stage.UNKNOWN) return new Nothing();
    boolean optedOut = unclaimed.reason() == Claims.Reason.OPTED_OUT;
    // The buyer said it elsewhere: here it holds too.
    if (optedOut && draft.isLive() && !live.known().optedOut()) {
      draft.add(new Event.Lapsed(unclaimed.permit(), flight.proposal().seq(), "opted-out"));
      draft.add(new Event.OptedOut(0));
      draft.release("opted-out");
      draft.close("opted-out");
      return draft.done();
    }
    draft.lapse(
        draft.current(flight),
        unclaimed.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    boolean capped = unclaimed.reason() == Claims.Reason.CAPPED && draft.isLive();
    if (capped && Course.isWaitedFor(draft)) Reaching.end(draft, "capped");
    return Course.proceed(draft, false);
  }

  static Decision settle(Draft draft, Live live, Command.Settle settle) {
    var flight = live.work().flights().get(settle.permit());
    if (flight == null) return new Nothing();
    if (!flight.permit().digest().equals(settle.digest())) {
      return new Rejected(Refusal.INVALID, "the outcome is of another action than the permit");
    }
    boolean again =
        flight.stage() == Flight.Stage.UNKNOWN && settle.outcome() instanceof Outcome.Unknown;
    if (again) return new Nothing();
    // As it stands now: a new policy may have voided the permit in this very step.
    boolean triedAgain =
        draft.isLive()
            && Evolution.isTriedAgain(draft.live(), draft.current(flight), settle.outcome());
    draft.add(
        new Event.Settled(
            settle.permit(),
            flight.proposal().seq(),
            settle.claim(),
            settle.digest(),
            settle.claimedAt(),
            settle.outcome()));
    if (!draft.isLive()) return draft.done();
    if (flight.proposal().action() instanceof Action.InitiateContact(var channel)
        && !triedAgain
        && flight.stage() != Flight.Stage.UNKNOWN
        && Course.isWaitedFor(draft)) {
      Reaching.attempted(draft, channel);
    }
    switch (settle.outcome()) {
      case Outcome.Confirmed(var values) -> confirmed(draft, flight, values);
      case Outcome.Failed _ -> {
        // When its outcome became unknown the rest was dropped; what waits now was thought later.
        boolean over = flight.stage() != Flight.Stage.UNKNOWN;
        if (over && !triedAgain) {
          draft.dropRest(flight.proposal().role(), "one before it did not take place");
        }
      }
      case Outcome.Unknown _ -> {
        draft.dropRest(flight.proposal().role(), "nobody knows what came of one before it");
        draft.add(new Event.Escalated("outcome-unknown"));
      }
    }
    return Course.proceed(draft, false);
  }

  /// What a person says of an effect that no look-up could tell of. Only an unknown outcome waits
  /// for that.
  static Decision attest(Draft draft, Live live, Command.Attest attest) {
    var waiting =
        live.work().flights().values().stream()
            .filter(flight -> flight.stage() == Flight.Stage.UNKNOWN)
            .filter(flight -> flight.permit().key().equals(attest.key()))
            .findFirst();
    if (waiting.isEmpty()) {
      return new Rejected(Refusal.CONFLICT, "the outcome of this effect is not unknown");
    }
    var permit = waiting.get().permit();
    draft.add(
        new Event.Attested(permit.id(), attest.operator(), attest.happened(), attest.reason()));
    var outcome = attest.happened() ? Outcome.confirmed() : Outcome.Failed.NOT_DONE;
    return settle(
        draft,
        live,
        new Command.Settle(
            permit.id(), attest.claim(), permit.digest(), attest.claimedAt(), outcome));
  }

  private static void confirmed(Draft draft, Flight flight, SortedMap<String, Value> values) {
    var facts = new TreeMap<String, Fact>();
    values.forEach(
        (name, value) -> facts.put(name, draft.fact(value, Fact.Source.TOOL, 100, name)));
    draft.observe(facts);
    boolean offered =
        flight.proposal().action() instanceof Action.TransferToHuman
            && draft.live().lease() instanceof Lease.Held
            && draft.live().lease().epoch() == flight.permit().epoch();
    if (!offered) return;
    var edge = draft.policy().transition(flight.proposal().role(), Role.HUMAN);
    var within = edge.map(Policy.Transition::answerWithin).orElse(draft.policy().timing().human());
    draft.revoke(Role.HUMAN, edge, within, "proposed");
    draft.say("human-soon");
  }
}
