package baton.handoff;

import static baton.handoff.Invariant.require;

import baton.handoff.History.Moment;
import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import baton.handoff.action.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// What is begun comes to an end: nothing is tried for ever, and nobody is waited for who was never
/// written to.
final class Endings {
  static final List<Invariant> ALL = List.of(new NotForEver(), new NobodyForgotten(), new Capped());

  private Endings() {}

  /// Whatever refuses a claim: a proposal is given only so many permits.
  static final class NotForEver implements Invariant {
    @Override
    public void check(Moment moment) {
      if (moment.entry().flatMap(Endings::permit).isEmpty()) return;
      var permits = new HashMap<Long, Integer>();
      for (var entry : moment.journal()) {
        permit(entry).ifPresent(permit -> permits.merge(permit.proposal(), 1, Integer::sum));
      }
      permits.forEach((proposal, times) ->
          require(times <= Draft.RE_DECIDED_MAX + 1, proposal + " was permitted " + times));
    }
  }

  /// 16 in part: while the buyer is not there, something is still to come: an answer, an attempt, a
  /// right-holder's word, or the end of a pause.
  static final class NobodyForgotten implements Invariant {
    @Override
    public void check(Moment moment) {
      if (!(moment.after() instanceof Live live)) return;
      if (!(live.lease() instanceof Lease.Held) || live.known().contact().isPresent()) return;
      var work = live.work();
      boolean unsettled =
          work.flights().values().stream().anyMatch(f -> f.stage() != Flight.Stage.UNKNOWN);
      boolean goesOn =
          unsettled
              || work.ask().isPresent()
              || work.followUp().isPresent()
              || !work.approvals().isEmpty()
              || !work.queue().isEmpty();
      require(goesOn, "nothing will ever happen here");
    }
  }

  /// A permit to reach out carries the strictest cap to its claim, and no other permit has one.
  static final class Capped implements Invariant {
    @Override
    public void check(Moment moment) {
      for (var turn : Invariants.turns(moment)) {
        if (!(turn.event() instanceof Event.Decided decided)) continue;
        if (decided.permit().isEmpty()) continue;
        var most = decided.permit().get().attemptsMax();
        var action = Invariants.inquiry(moment, (Live) turn.before(), decided).proposal().action();
        boolean counts = action instanceof Action.InitiateContact;
        require(most.isPresent() == counts, "attempts are counted, and nothing else");
        if (!counts) continue;
        for (var rule : moment.policy().fairness().getOrDefault(action.kind(), List.of())) {
          boolean within = !rule.measure().equals("attempts") || most.get() <= rule.atMost();
          require(within, "a permit beyond the cap");
        }
      }
    }
  }

  private static Optional<Permit> permit(Entry entry) {
    return entry.events().stream()
        .filter(Event.Decided.class::isInstance)
        .flatMap(event -> ((Event.Decided) event).permit().stream())
        .findFirst();
  }
}
