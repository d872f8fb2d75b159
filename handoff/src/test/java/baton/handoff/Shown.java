package baton.handoff;

import baton.handoff.fact.Fact;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Events as a reader would tell them, one short line each.
public final class Shown {
  private Shown() {}

  public static List<String> events(List<Event> events) {
    return events.stream().map(Shown::event).toList();
  }

  public static String event(Event event) {
    return switch (event) {
      case Event.Opened(var campaign, var channel, _) -> "opened " + campaign + " over " + channel;
      case Event.ContactBegan(var channel) -> "contact begins over " + channel;
      case Event.ContactEnded(var reason) -> "contact ends: " + reason;
      case Event.PolicyMoved(_, var to) -> "policy is now " + to;
      case Event.Heard heard -> "heard " + heard.message();
      case Event.Observed(var facts) -> "observed " + facts(facts);
      case Event.ConsentChanged(var purpose, var consent) ->
          "consent to " + purpose + " is " + lower(consent.state());
      case Event.OptedOut _ -> "opted out";
      case Event.Superseded _ -> "superseded";
      case Event.Asked asked -> "asked " + asked.role();
      case Event.Answered answered when answered.goesOn() ->
          "answered with " + answered.proposals() + ", and goes on";
      case Event.Answered(_, var proposals, _, _) -> "answered with " + proposals;
      case Event.Unanswered _ -> "unanswered";
      case Event.Stale(var role, _, var what) -> "stale " + what + " of " + role;
      case Event.Proposed(var role, _, var action, _) -> role + " proposes " + action.kind();
      case Event.HumanSaid said -> "human said " + said.message();
      case Event.Dropped(var proposals, var cause) -> "dropped " + proposals.size() + ": " + cause;
      case Event.RoundsSpent _ -> "rounds spent";
      case Event.Decided decided -> decided(decided);
      case Event.Lapsed(_, _, var reason) -> "lapsed: " + reason;
      case Event.Settled settled -> outcome(settled.outcome());
      case Event.Attested(_, var operator, var happened, _) ->
          operator + (happened ? " says it took place" : " says it did not take place");
      case Event.ApprovalOpened(var approval) -> "approval opened for " + approval.right();
      case Event.ApprovalResolved(_, var operator, var approved, _) ->
          operator + (approved ? " approves" : " rejects");
      case Event.ApprovalExpired _ -> "approval expired";
      case Event.ApprovalVoided(_, var cause) -> "approval void: " + cause;
      case Event.Revoked revoked ->
          "revoked " + revoked.from() + " for " + revoked.to() + ": " + revoked.cause();
      case Event.HandOffFailed(var from, var to, var reason) ->
          "hand-off " + from + " to " + to + " failed: " + reason;
      case Event.Granted(var role, var operator, _, var epoch) ->
          "granted " + role + (operator.isEmpty() ? "" : " " + operator) + " e" + epoch;
      case Event.Released(var from, _, var reason) -> "released " + from + ": " + reason;
      case Event.BuyersTurn _ -> "buyer's turn";
      case Event.SilenceFell(var count) -> "silence " + count;
      case Event.FollowUpScheduled(_, var channel) -> "follow-up planned over " + channel;
      case Event.FollowUpDue(var channel) -> "follow-up due over " + channel;
      case Event.Escalated(var reason) -> "escalated: " + reason;
      case Event.Closed(var reason) -> "closed: " + reason;
    };
  }

  /// `permit`, or the verdict with the findings that were as strict.
  private static String decided(Event.Decided decided) {
    if (decided.verdict() == Verdict.PERMIT) return "permit";
    return lower(decided.verdict())
        + " by "
        + decided.findings().stream()
            .filter(finding -> finding.verdict() == decided.verdict())
            .map(Shown::finding)
            .collect(Collectors.joining(", "));
  }

  public static String finding(Finding finding) {
    return finding.check() + "/" + finding.code();
  }

  public static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Confirmed _ -> "confirmed";
      case Outcome.Failed(var reason) -> "failed: " + reason;
      case Outcome.Unknown(var reason) -> "unknown: " + reason;
    };
  }

  public static String facts(Map<String, Fact> facts) {
    return facts.entrySet().stream()
        .map(fact -> fact.getKey() + "=" + fact.getValue().value().shown())
        .collect(Collectors.joining(", "));
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
