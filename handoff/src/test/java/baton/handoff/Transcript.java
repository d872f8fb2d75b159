package baton.handoff;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import baton.handoff.port.Claims;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/// A journal as a policy owner can read it: when, who, what, the verdict with its clause and owner,
/// and what came of it.
final class Transcript {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE HH:mm:ss", java.util.Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder();
  private String shownTime = "";
  private long seq;

  private Transcript() {}

  static String of(String title, Story story) {
    var transcript = new Transcript();
    transcript.out.append(title).append('\n').append("=".repeat(title.length())).append("\n\n");
    for (var entry : story.journal()) transcript.entry(entry);
    transcript.owed(story);
    return transcript.out.toString();
  }

  private void entry(Entry entry) {
    seq = entry.first();
    for (var event : entry.events()) {
      event(entry, event);
      seq++;
    }
  }

  private void owed(Story story) {
    var calls =
        Conversation.outbox(story.state()).stream()
            .map(call -> call.getClass().getSimpleName())
            .collect(Collectors.joining(", "));
    out.append("\nStill owed: ").append(calls.isEmpty() ? "nothing" : calls).append(".\n");
  }

  private void event(Entry entry, Event event) {
    line(entry.now().at(), who(event), what(event));
    if (event instanceof Event.Decided decided) findings(decided);
    if (event instanceof Event.Lapsed
        && entry.command() instanceof Command.Unclaimed(_, var reason)
        && reason == Claims.Reason.INTERRUPTED) {
      line(entry.now().at(), "", "  the engine had gone down before it claimed it");
    }
  }

  private void line(Instant at, String who, String what) {
    String time = TIME.format(at);
    out.append("%-12s  %-8s  %s%n".formatted(time.equals(shownTime) ? "" : time, who, what));
    shownTime = time;
  }

  private void findings(Event.Decided decided) {
    if (decided.verdict() == Verdict.PERMIT) return;
    for (var finding : decided.findings()) {
      if (finding.verdict() != Verdict.PERMIT) {
        out.append(" ".repeat(26)).append(finding(finding)).append('\n');
      }
    }
  }

  private static String finding(Finding finding) {
    var details =
        finding.details().entrySet().stream()
            .map(detail -> detail.getKey() + " " + detail.getValue())
            .collect(Collectors.joining(", "));
    return "%s: %s (%s, clause %s of %s)%s"
        .formatted(
            Shown.lower(finding.verdict()),
            finding.code(),
            finding.check(),
            finding.clause(),
            finding.owner(),
            details.isEmpty() ? "" : ", " + details);
  }

  private static String who(Event event) {
    return switch (event) {
      case Event.Heard _, Event.OptedOut _, Event.ConsentChanged _, Event.Superseded _ -> "buyer";
      case Event.Proposed(var role, _, _, _) -> role.name();
      case Event.HumanSaid said -> said.operator();
      case Event.ApprovalResolved resolved -> resolved.operator();
      case Event.Attested attested -> attested.operator();
      case Event.Decided _, Event.Dropped _, Event.ApprovalOpened _, Event.ApprovalVoided _ ->
          "gate";
      case Event.Settled _ -> "outcome";
      case Event.Lapsed _ -> "claim";
      case Event.SilenceFell _,
          Event.Unanswered _,
          Event.FollowUpDue _,
          Event.ApprovalExpired _,
          Event.BuyersTurn _ ->
          "clock";
      case Event _ -> "engine";
    };
  }

  private String what(Event event) {
    return switch (event) {
      case Event.Heard heard -> heard(heard);
      case Event.Proposed(_, _, var action, _) -> "proposes #" + seq + ": " + action(action);
      case Event.Decided decided when decided.verdict() == Verdict.PERMIT ->
          "#" + decided.proposal() + " permitted, clause " + mandate(decided);
      case Event.Decided decided -> "#" + decided.proposal() + " not permitted:";
      case Event.Settled settled ->
          "#" + settled.proposal() + " " + Shown.outcome(settled.outcome());
      case Event.Dropped(var proposals, var cause) ->
          "dropped " + numbers(proposals) + ": " + cause;
      case Event.Lapsed(_, var proposal, var reason) ->
          "the permit for #" + proposal + " lapsed: " + reason;
      case Event.ApprovalOpened(var approval) ->
          "approval " + approval.seq() + " opened for whoever has the right " + approval.right();
      case Event.ApprovalResolved(var number, _, var approved, var reason) ->
          (approved ? "approves " : "rejects ") + number + ": " + reason;
      case Event.Revoked revoked ->
          "%s loses the conversation, it is offered to %s (clause %s, epoch %d, %s)"
              .formatted(
                  revoked.from(), revoked.to(), revoked.clause(), revoked.epoch(), revoked.cause());
      case Event.Granted(var role, var operator, _, var epoch) ->
          "%s%s has the conversation (epoch %d)"
              .formatted(role, operator.isEmpty() ? "" : " " + operator, epoch);
      case Event.Asked asked -> "asks " + asked.role() + " what to do";
      case Event.Answered(_, var proposals, _, _) when proposals == 0 -> "is told: nothing";
      case Event.Answered(_, var proposals, _, _) ->
          "is told: " + proposals + (proposals == 1 ? " proposal" : " proposals");
      case Event.Stale stale -> "a late " + stale.what() + " of " + stale.role() + " is not used";
      case Event.Superseded _ -> "has spoken: what was asked or waited before is void";
      case Event _ -> Shown.event(event);
    };
  }

  private static String numbers(List<Long> proposals) {
    return proposals.stream().map(number -> "#" + number).collect(Collectors.joining(", "));
  }

  private static String heard(Event.Heard heard) {
    var signals =
        heard.signals().stream()
            .map(signal ->
                signal.value().shown().equals(signal.name())
                    ? signal.name()
                    : signal.name() + " " + signal.value().shown())
            .collect(Collectors.joining(", "));
    return "says "
        + heard.message()
        + (signals.isEmpty() ? "" : " [" + signals + "]")
        + (heard.answering().isEmpty() ? "" : ", asked about " + heard.answering());
  }

  /// The clause that grants the kind, or the line's own.
  private static String mandate(Event.Decided decided) {
    return decided.findings().stream()
        .filter(finding -> finding.check().equals("mandate"))
        .map(Finding::clause)
        .collect(Collectors.joining(", "));
  }

  private static String action(Action action) {
    return switch (action) {
      case Action.Speak(Words.Line(var name), _) -> "says the line " + name;
      case Action.Speak(_, var asks) -> asks.isEmpty() ? "speak" : "speak, asking about " + asks;
      case Action.Disclose(var id, _) -> "disclose " + id;
      case Action.AskConsent(var purpose, _) -> "ask for consent to " + purpose;
      case Action.InterpretConsent(var purpose, var state, var evidence) ->
          "read the answer in event %d as: %s is %s"
              .formatted(evidence, purpose, Shown.lower(state));
      case Action.Book(var slot, _, var zone) -> "book " + slot + " (" + zone + ")";
      case Action.RequestHandOff(var to, _) -> "hand off to " + to;
      case Action.Quote(var product, var seats) -> "quote " + seats + " seats of " + product;
      case Action.Concede(var quote, var percent) -> "concede " + percent + " % on " + quote;
      case Action.TakeCommitment(var quote, var total) ->
          "take the order for " + quote + ", " + total.currency() + " " + total.minor();
      case Action.WriteCrm(var fields) -> "write to the CRM: " + String.join(", ", fields.keySet());
      case Action other -> other.kind().replace('-', ' ');
    };
  }
}
