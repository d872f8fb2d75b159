package baton.persistence.codec;

import baton.handoff.Approval;
import baton.handoff.Command;
import baton.handoff.Event;
import baton.handoff.Lease;
import baton.handoff.Outcome;
import baton.handoff.Prompt;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.AgentEvent;
import baton.handoff.fact.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What each sealed type is called in stored bytes: its `type` member. These names are for ever; a
/// Java class may be renamed, its name here may not.
final class Names {
  /// One sealed interface and what stands for each record under it.
  record Family(String name, Class<?> root, Map<String, Class<?>> types) {
    Family {
      types = Map.copyOf(types);
    }
  }

  static final List<Family> FAMILIES =
      List.of(
          new Family(
              "event",
              Event.class,
              Map.ofEntries(
                  Map.entry("opened", Event.Opened.class),
                  Map.entry("contact-began", Event.ContactBegan.class),
                  Map.entry("contact-ended", Event.ContactEnded.class),
                  Map.entry("policy-moved", Event.PolicyMoved.class),
                  Map.entry("heard", Event.Heard.class),
                  Map.entry("observed", Event.Observed.class),
                  Map.entry("consent-changed", Event.ConsentChanged.class),
                  Map.entry("opted-out", Event.OptedOut.class),
                  Map.entry("superseded", Event.Superseded.class),
                  Map.entry("asked", Event.Asked.class),
                  Map.entry("answered", Event.Answered.class),
                  Map.entry("unanswered", Event.Unanswered.class),
                  Map.entry("stale", Event.Stale.class),
                  Map.entry("proposed", Event.Proposed.class),
                  Map.entry("human-said", Event.HumanSaid.class),
                  Map.entry("dropped", Event.Dropped.class),
                  Map.entry("rounds-spent", Event.RoundsSpent.class),
                  Map.entry("decided", Event.Decided.class),
                  Map.entry("lapsed", Event.Lapsed.class),
                  Map.entry("attested", Event.Attested.class),
                  Map.entry("settled", Event.Settled.class),
                  Map.entry("approval-opened", Event.ApprovalOpened.class),
                  Map.entry("approval-resolved", Event.ApprovalResolved.class),
                  Map.entry("approval-expired", Event.ApprovalExpired.class),
                  Map.entry("approval-voided", Event.ApprovalVoided.class),
                  Map.entry("revoked", Event.Revoked.class),
                  Map.entry("hand-off-failed", Event.HandOffFailed.class),
                  Map.entry("granted", Event.Granted.class),
                  Map.entry("released", Event.Released.class),
                  Map.entry("buyers-turn", Event.BuyersTurn.class),
                  Map.entry("silence-fell", Event.SilenceFell.class),
                  Map.entry("follow-up-scheduled", Event.FollowUpScheduled.class),
                  Map.entry("follow-up-due", Event.FollowUpDue.class),
                  Map.entry("escalated", Event.Escalated.class),
                  Map.entry("closed", Event.Closed.class))),
          new Family(
              "command",
              Command.class,
              Map.ofEntries(
                  Map.entry("open", Command.Open.class),
                  Map.entry("arrive", Command.Arrive.class),
                  Map.entry("leave", Command.Leave.class),
                  Map.entry("hear", Command.Hear.class),
                  Map.entry("say", Command.Say.class),
                  Map.entry("answer", Command.Answer.class),
                  Map.entry("reply", Command.Reply.class),
                  Map.entry("unclaimed", Command.Unclaimed.class),
                  Map.entry("settle", Command.Settle.class),
                  Map.entry("take-over", Command.TakeOver.class),
                  Map.entry("hand-back", Command.HandBack.class),
                  Map.entry("end", Command.End.class),
                  Map.entry("resolve", Command.Resolve.class),
                  Map.entry("attest", Command.Attest.class),
                  Map.entry("wake", Command.Wake.class))),
          new Family(
              "action",
              Action.class,
              Map.ofEntries(
                  Map.entry("speak", Action.Speak.class),
                  Map.entry("disclose", Action.Disclose.class),
                  Map.entry("ask-consent", Action.AskConsent.class),
                  Map.entry("raise-urgency", Action.RaiseUrgency.class),
                  Map.entry("request-commitment", Action.RequestCommitment.class),
                  Map.entry("initiate-contact", Action.InitiateContact.class),
                  Map.entry("find-slots", Action.FindSlots.class),
                  Map.entry("book", Action.Book.class),
                  Map.entry("reschedule", Action.Reschedule.class),
                  Map.entry("cancel", Action.Cancel.class),
                  Map.entry("transfer-to-human", Action.TransferToHuman.class),
                  Map.entry("quote", Action.Quote.class),
                  Map.entry("concede", Action.Concede.class),
                  Map.entry("take-commitment", Action.TakeCommitment.class),
                  Map.entry("write-crm", Action.WriteCrm.class),
                  Map.entry("send-message", Action.SendMessage.class),
                  Map.entry("record", Action.Record.class),
                  Map.entry("use-tool", Action.UseTool.class),
                  Map.entry("interpret-consent", Action.InterpretConsent.class),
                  Map.entry("request-hand-off", Action.RequestHandOff.class),
                  Map.entry("schedule-follow-up", Action.ScheduleFollowUp.class),
                  Map.entry("escalate", Action.Escalate.class),
                  Map.entry("close", Action.Close.class))),
          new Family(
              "agent-event",
              AgentEvent.class,
              Map.of(
                  "answered", AgentEvent.Answered.class,
                  "replied", AgentEvent.Replied.class)),
          new Family(
              "state",
              State.class,
              Map.of(
                  "blank", State.Blank.class,
                  "live", State.Live.class,
                  "closed", State.Closed.class)),
          new Family(
              "lease",
              Lease.class,
              Map.of(
                  "held", Lease.Held.class,
                  "passing", Lease.Passing.class,
                  "with-human", Lease.WithHuman.class,
                  "nobody", Lease.Nobody.class)),
          new Family(
              "prompt",
              Prompt.class,
              Map.of(
                  "started", Prompt.Started.class,
                  "arrived", Prompt.Arrived.class,
                  "heard", Prompt.Heard.class,
                  "settled", Prompt.Settled.class,
                  "refused", Prompt.Refused.class,
                  "voiced", Prompt.Voiced.class,
                  "waiting", Prompt.Waiting.class,
                  "silence", Prompt.Silence.class,
                  "follow-up", Prompt.FollowUp.class)),
          new Family(
              "standing",
              Approval.Standing.class,
              Map.of(
                  "open", Approval.Standing.Open.class,
                  "approved", Approval.Standing.Approved.class)),
          new Family(
              "outcome",
              Outcome.class,
              Map.of(
                  "confirmed", Outcome.Confirmed.class,
                  "failed", Outcome.Failed.class,
                  "unknown", Outcome.Unknown.class)),
          new Family(
              "words",
              Words.class,
              Map.of(
                  "own", Words.Own.class,
                  "line", Words.Line.class)),
          new Family(
              "value",
              Value.class,
              Map.of(
                  "text", Value.Text.class,
                  "whole", Value.Whole.class,
                  "time", Value.Time.class,
                  "amount", Value.Amount.class,
                  "secret", Value.Secret.class)));

  static {
    FAMILIES.forEach(Names::complete);
  }

  private Names() {}

  /// Every record under a sealed type, in the order of the source.
  static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Names::leaves).distinct()
        : Stream.of(type);
  }

  /// Otherwise a Java class's own name would end up in stored bytes.
  private static void complete(Family family) {
    leaves(family.root())
        .filter(leaf -> !family.types().containsValue(leaf))
        .findFirst()
        .ifPresent(leaf -> {
          throw new IllegalStateException(leaf.getName() + " has no name in " + family.name());
        });
  }
}
