package baton.runtime.view;

import baton.handoff.Approval;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.fact.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every approval that a conversation asked for, with what became of it and why, oldest first.
public final class ApprovalLog {
  /// @param id `conversation.seq`
  /// @param what "Closing asks to concede 12 %"
  /// @param tried the action's members without its kind
  /// @param words what would be said, or empty; null where it has been erased
  /// @param rests what was known when it was asked, of that which the action rests on
  /// @param state `open`, `approved`, `rejected`, `expired` or `void`
  /// @param cause who answered and in which words, or what ended it; empty while it is open
  public record Item(
      String id,
      String conversation,
      long seq,
      long epoch,
      String what,
      Map<String, Object> tried,
      String words,
      Map<String, Object> rests,
      String role,
      String right,
      String state,
      String cause,
      Instant openedAt,
      Instant endedAt,
      Instant expiresAt) {}

  private final ConversationId id;
  private final Sight sight;
  private final TreeMap<Long, Item> items = new TreeMap<>();
  private final Map<String, Fact> known = new HashMap<>();

  private ApprovalLog(ConversationId id, Sight sight) {
    this.id = id;
    this.sight = sight;
  }

  public static List<Item> of(ConversationId id, List<Entry> entries, Sight sight) {
    var log = new ApprovalLog(id, sight);
    for (var happened : Happened.in(entries)) log.next(happened);
    return new ArrayList<>(log.items.values());
  }

  private void next(Happened happened) {
    switch (happened.event()) {
      case Event.Observed(var news) -> known.putAll(news);
      case Event.ApprovalOpened(var approval) ->
          items.put(happened.seq(), opened(happened, approval));
      case Event.ApprovalResolved(var number, var operator, var yes, var reason) ->
          end(happened, number, yes ? "approved" : "rejected", "By " + operator + ": " + reason);
      case Event.ApprovalExpired(var number) ->
          end(happened, number, "expired", "Nobody answered in time");
      case Event.ApprovalVoided(var number, var cause) ->
          end(happened, number, "void", Explanation.sentence(cause));
      case Event.Revoked _, Event.Released _, Event.Granted _ ->
          endAll(happened, "The lease it was asked under ended");
      case Event.Closed _ -> endAll(happened, "The conversation was closed");
      case Event.PolicyMoved _ -> endAll(happened, "The policy changed");
      case Event _ -> {}
    }
  }

  private Item opened(Happened happened, Approval approval) {
    var action = approval.proposal().action();
    var tried = new Shown(sight).action(action);
    tried.remove("kind");
    tried.remove("words");
    tried.values().removeIf(value -> value == null || value.equals(""));
    String words =
        switch (action) {
          case baton.handoff.action.Action.Spoken spoken ->
              sight.said(happened.entry().now().policy(), spoken.words());
          case baton.handoff.action.Action.SendMessage(_, var message) ->
              sight.said(happened.entry().now().policy(), message);
          case baton.handoff.action.Action _ -> "";
        };
    String who = Explanation.sentence(Explanation.who(approval.proposal().role()));
    return new Item(
        id.id() + "." + happened.seq(),
        id.id(),
        happened.seq(),
        approval.proposal().epoch(),
        who + " asks to " + Explanation.what(action),
        tried,
        words,
        rests(approval),
        approval.proposal().role().name(),
        approval.right(),
        "open",
        "",
        happened.at(),
        null,
        approval.expiresAt());
  }

  private Map<String, Object> rests(Approval approval) {
    var rests = new TreeMap<String, Object>();
    for (var name : approval.facts()) {
      var fact = known.get(name);
      if (fact != null) rests.put(name, new Shown(sight).fact(fact.value()));
    }
    return rests;
  }

  private void endAll(Happened happened, String cause) {
    for (var item : List.copyOf(items.values())) {
      if (item.state.equals("open")) end(happened, item.seq, "void", cause);
    }
  }

  private void end(Happened happened, long number, String state, String cause) {
    items.computeIfPresent(
        number,
        (_, item) ->
            new Item(
                item.id,
                item.conversation,
                item.seq,
                item.epoch,
                item.what,
                item.tried,
                item.words,
                item.rests,
                item.role,
                item.right,
                state,
                cause,
                item.openedAt,
                happened.at(),
                item.expiresAt));
  }
}
