package baton.handoff;

import static baton.handoff.Invariant.require;

import baton.handoff.History.Moment;
import baton.handoff.State.Live;
import baton.handoff.action.Action;
import java.util.List;

/// 14: a new holder is decided alike whether or not anything of an earlier lease is still there.
final class ZeroInheritance implements Invariant {
  @Override
  public void check(Moment moment) {
    var granted =
        Invariants.turns(moment).stream().anyMatch(t -> t.event() instanceof Event.Granted);
    if (!granted || !(moment.after() instanceof Live live)) return;
    if (!(live.lease() instanceof Lease.Held)) return;
    var bare = bare(moment, live);
    var kept = conclude(moment, live);
    for (int i = 0; i < 4; i++) {
      var heard = live.known().heard().map(State.Hearing::seq).orElse(0L);
      var action = GeneratedAction.action(moment.dice(), heard, GeneratedPolicy.AGENTS);
      var one = first(moment, kept, action);
      var other = first(moment, bare, action);
      require(one.equals(other), "inherited: " + one + " without it " + other);
    }
  }

  /// Without any unused permit, approval or proposal of before.
  private static State bare(Moment moment, Live live) {
    var flights = new java.util.TreeMap<>(live.work().flights());
    flights.keySet().removeIf(permit -> moment.claims().find(permit).isEmpty());
    var queue = live.work().queue().stream().filter(p -> !Evolution.isAgent(p.role())).toList();
    var work =
        new State.Work(
            live.work().prompts(),
            live.work().ask(),
            live.work().unfinished(),
            queue,
            flights,
            new java.util.TreeMap<>(),
            live.work().silentAt(),
            live.work().followUp());
    return wake(moment, live.with(work));
  }

  /// With them, once the shell has found that nobody claimed them.
  private static State conclude(Moment moment, Live live) {
    State state = live;
    for (var permit : live.work().flights().keySet()) {
      if (moment.claims().find(permit).isPresent()) continue;
      var reason = baton.handoff.port.Claims.Reason.AUTHORITY_MOVED;
      state = take(moment, state, new Command.Unclaimed(permit, reason));
    }
    return wake(moment, state);
  }

  private static State wake(Moment moment, State state) {
    return take(moment, state, new Command.Wake());
  }

  private static State take(Moment moment, State state, Command command) {
    var now = moment.now();
    var decision = moment.kernel().decide(state, command, now, moment.policy());
    if (!(decision instanceof Decision.Accepted(var events))) return state;
    return moment.kernel().evolve(state, new Entry(state.seq() + 1, command, now, events));
  }

  private static List<String> first(Moment moment, State state, Action action) {
    if (!(state instanceof Live live) || live.work().ask().isEmpty()) return List.of("not asked");
    var ask = live.work().ask().get();
    var role = Evolution.holder(live.lease());
    var answer = new Command.Answer(role, ask.epoch(), ask.seq(), List.of(action));
    var decision = moment.kernel().decide(state, answer, moment.now(), moment.policy());
    return decision instanceof Decision.Accepted(var events)
        ? Shown.events(events)
        : List.of(decision.toString());
  }
}
