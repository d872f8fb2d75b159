package baton.handoff;

import baton.handoff.State.Live;
import baton.handoff.agent.Part;

/// What agents do: answer when asked, and reply to an offer.
final class FromAgents {
  /// Proposals in one answer of an agent; what is beyond is dropped.
  static final int PROPOSALS_MAX = 8;

  /// Parts of one answer; the last of them ends it.
  static final int PARTS_MAX = 40;

  private FromAgents() {}

  static Decision answer(Draft draft, Live live, Command.Answer answer) {
    boolean current =
        live.lease() instanceof Lease.Held(var role, var epoch)
            && role.equals(answer.role())
            && epoch == answer.epoch()
            && live.work().ask().map(State.Ask::seq).orElse(0L) == answer.ask()
            && draft.live().work().ask().isPresent();
    if (!current) {
      draft.add(new Event.Stale(answer.role(), answer.epoch(), "answer"));
      return draft.done();
    }
    var actions = answer.actions().subList(0, Math.min(answer.actions().size(), PROPOSALS_MAX));
    var part = answer.part().map(given -> counted(draft, given));
    draft.add(new Event.Answered(answer.ask(), actions.size(), answer.origin(), part));
    actions.forEach(action -> draft.propose(answer.role(), action));
    return Course.proceed(draft, false);
  }

  /// The part as it is counted here.
  private static Part counted(Draft draft, Part given) {
    int before = draft.live().work().unfinished().map(State.Unfinished::parts).orElse(0);
    return new Part(before, given.goesOn() && before + 1 < PARTS_MAX);
  }

  static Decision reply(Draft draft, Live live, Command.Reply reply) {
    if (!(live.lease() instanceof Lease.Passing passing)
        || passing.epoch() != reply.epoch()
        || passing.to().equals(Role.HUMAN) // a person answers by taking over
        || !passing.to().equals(reply.role())) {
      draft.add(new Event.Stale(reply.role(), reply.epoch(), "reply"));
      return draft.done();
    }
    if (reply.accepts()) draft.grant(passing.to(), "");
    else draft.failHandOff(passing, reply.reason());
    return Course.proceed(draft, false);
  }
}
