package baton.runtime.view;

import baton.handoff.Approval;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What became of each approval that a conversation asked for, oldest first: `open`, `approved`,
/// `rejected`, `expired` or `void`.
public final class Approvals {
  /// One approval as the public contract shows it; its id is `conversation.seq`.
  public record Shown(
      String id,
      long seq,
      Map<String, Object> action,
      String role,
      String right,
      String state,
      Instant expiresAt) {}

  private final ConversationId id;
  private final Sight sight;
  private final TreeMap<Long, Shown> approvals = new TreeMap<>();

  private Approvals(ConversationId id, Sight sight) {
    this.id = id;
    this.sight = sight;
  }

  public static List<Shown> of(ConversationId id, List<Entry> entries, Sight sight) {
    var approvals = new Approvals(id, sight);
    for (var happened : Happened.in(entries)) approvals.next(happened.seq(), happened.event());
    return new ArrayList<>(approvals.approvals.values());
  }

  private void next(long seq, Event event) {
    switch (event) {
      case Event.ApprovalOpened(var approval) -> approvals.put(seq, opened(seq, approval));
      case Event.ApprovalResolved(var number, _, var yes, _) ->
          move(number, yes ? "approved" : "rejected");
      case Event.ApprovalExpired(var number) -> move(number, "expired");
      case Event.ApprovalVoided(var number, _) -> move(number, "void");
      // Whatever ends the lease or changes the policy ends what waits under it.
      case Event.Revoked _,
          Event.Released _,
          Event.Granted _,
          Event.Closed _,
          Event.PolicyMoved _ ->
          approvals.replaceAll(
              (_, approval) -> approval.state.equals("open") ? in(approval, "void") : approval);
      case Event _ -> {}
    }
  }

  private Shown opened(long seq, Approval approval) {
    return new Shown(
        id.id() + "." + seq,
        seq,
        new baton.runtime.view.Shown(sight).action(approval.proposal().action()),
        approval.proposal().role().name(),
        approval.right(),
        "open",
        approval.expiresAt());
  }

  private void move(long number, String state) {
    approvals.computeIfPresent(number, (_, approval) -> in(approval, state));
  }

  private static Shown in(Shown shown, String state) {
    return new Shown(
        shown.id, shown.seq, shown.action, shown.role, shown.right, state, shown.expiresAt);
  }
}
