package baton.handoff;

import baton.handoff.Decision.Nothing;
import baton.handoff.Decision.Refusal;
import baton.handoff.Decision.Rejected;
import baton.handoff.State.Live;
import baton.handoff.action.Action;
import baton.handoff.policy.Policy;
import java.time.Duration;
import java.util.Optional;

/// What operators do: take over, speak, hand back, end, approve and reject.
final class FromPeople {
  private FromPeople() {}

  static Decision say(Draft draft, Live live, Command.Say say) {
    var before = live.counted().messages().get(say.message());
    if (before != null) return before.equals(say.body()) ? new Nothing() : FromBuyer.otherBody();
    if (!(live.lease() instanceof Lease.WithHuman(var operator, _, _))
        || !operator.equals(say.operator())) {
      return new Rejected(Refusal.CONFLICT, "take the conversation over before you speak");
    }
    if (FromBuyer.isFull(live)) return FromBuyer.full();
    draft.add(new Event.HumanSaid(say.message(), say.body(), say.operator()));
    draft.propose(Role.HUMAN, new Action.Speak(say.words(), ""));
    return Course.proceed(draft, false);
  }

  /// The same protocol as between roles, started by a person: the old lease is revoked first.
  static Decision takeOver(Draft draft, Live live, String operator) {
    if (live.lease() instanceof Lease.WithHuman(var holder, _, _)) {
      return holder.equals(operator)
          ? new Nothing()
          : new Rejected(Refusal.CONFLICT, "another operator has the conversation");
    }
    boolean offered =
        live.lease() instanceof Lease.Passing passing && passing.to().equals(Role.HUMAN);
    if (!offered) draft.revoke(Role.HUMAN, Optional.empty(), Duration.ZERO, "take-over");
    draft.grant(Role.HUMAN, operator);
    return Course.proceed(draft, false);
  }

  static Decision handBack(Draft draft, Live live, String operator) {
    if (!(live.lease() instanceof Lease.WithHuman(var holder, var from, _))
        || !holder.equals(operator)) {
      return new Rejected(Refusal.CONFLICT, "you do not have this conversation");
    }
    var to = Evolution.isAgent(from) ? from : draft.policy().start();
    var edge = draft.policy().transition(Role.HUMAN, to);
    var within = edge.map(Policy.Transition::answerWithin).orElse(draft.policy().timing().think());
    draft.revoke(to, edge, within, "hand-back");
    return Course.proceed(draft, false);
  }

  static Decision end(Draft draft, String reason) {
    draft.close(reason);
    return draft.done();
  }

  static Decision resolve(Draft draft, Live live, Command.Resolve resolve) {
    var approval = draft.live().work().approvals().get(resolve.approval());
    if (approval == null) {
      return new Rejected(Refusal.UNKNOWN, "there is no open approval of that number");
    }
    if (!(approval.standing() instanceof Approval.Standing.Open)) {
      return new Rejected(Refusal.CONFLICT, "this approval has been answered");
    }
    if (!draft.at().isBefore(approval.expiresAt())) {
      return new Rejected(Refusal.CONFLICT, "this approval has expired");
    }
    draft.add(
        new Event.ApprovalResolved(
            resolve.approval(), resolve.operator(), resolve.approves(), resolve.reason()));
    return Course.proceed(draft, false);
  }
}
