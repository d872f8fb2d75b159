package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.Approval;
import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.Proposal;
import baton.handoff.State;
import baton.handoff.gate.Verdict;
import baton.simulation.history.Occurrence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// An approval is a right-holder's yes to one action: what is permitted on it is that very action,
/// under the lease that proposed it, after the yes and before anything made it void.
final class ApprovalBinds implements Checker {
  private record Number(ConversationId conversation, long approval) {}

  private final Map<Number, Approval> opened = new HashMap<>();
  private final Set<Number> approved = new HashSet<>();

  @Override
  public void see(Occurrence occurrence) {
    if (!(occurrence instanceof Occurrence.Journaled journaled)) return;
    var id = journaled.conversation();
    for (int i = 0; i < journaled.entry().events().size(); i++) {
      switch (journaled.entry().events().get(i)) {
        case Event.ApprovalOpened(var approval) ->
            opened.put(new Number(id, approval.seq()), approval);
        case Event.ApprovalResolved(var approval, var operator, var yes, _) -> {
          boolean given =
              journaled.entry().command() instanceof Command.Resolve answer
                  && answer.approval() == approval
                  && answer.operator().equals(operator)
                  && answer.approves() == yes;
          require(given, () -> "nobody answered approval " + approval + " with " + yes);
          if (yes) approved.add(new Number(id, approval));
        }
        case Event.ApprovalExpired(var approval) -> approved.remove(new Number(id, approval));
        case Event.ApprovalVoided(var approval, _) -> approved.remove(new Number(id, approval));
        // The lease has ended, and every yes to what was proposed under it.
        case Event.Revoked _, Event.Released _, Event.Closed _ ->
            approved.removeIf(number -> number.conversation().equals(id));
        case Event.Decided decided -> {
          // Another policy may permit by itself what was waiting for a yes.
          boolean onApproval =
              decided.findings().stream().anyMatch(f -> f.code().equals("approved"));
          if (decided.verdict() == Verdict.PERMIT
              && onApproval
              && journaled.states().get(i) instanceof State.Live live) {
            live.work().queue().stream()
                .filter(proposal -> proposal.seq() == decided.proposal())
                .filter(proposal -> proposal.approval() != 0)
                .forEach(proposal -> permitted(id, proposal));
          }
        }
        case Event _ -> {}
      }
    }
  }

  private void permitted(ConversationId id, Proposal proposal) {
    var number = new Number(id, proposal.approval());
    require(
        approved.contains(number),
        () -> "an approval that nobody gave, or that is void: " + number);
    var asked = opened.get(number).proposal();
    boolean same =
        asked.seq() == proposal.seq()
            && asked.digest().equals(proposal.digest())
            && asked.role().equals(proposal.role())
            && asked.epoch() == proposal.epoch();
    require(same, () -> "approval " + number + " was given to another action");
  }
}
