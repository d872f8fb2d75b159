package baton.runtime.view;

import baton.handoff.Command.Leave.How;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.agent.Origin;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.runtime.view.Timeline.Content;
import baton.runtime.view.Timeline.Decision;
import baton.runtime.view.Timeline.Heard;
import baton.runtime.view.Timeline.Moved;
import baton.runtime.view.Timeline.Note;
import baton.runtime.view.Timeline.Row;
import baton.runtime.view.Timeline.Text;
import baton.runtime.view.Timeline.Tone;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Tells a journal as a timeline. A decision and what came of it are one row, and so are a message
/// and what was understood of it.
public final class Timelines {
  /// Read in nearly every message, and of no interest to anybody.
  private static final Set<String> UNREMARKABLE =
      Set.of(Signal.GREETING, Signal.GOODBYE, Signal.THANKS, Signal.SMALL_TALK);

  private final Sight sight;
  private final Shown shown;
  private final TreeMap<Long, Row> rows = new TreeMap<>();
  private final Map<Long, Event.Proposed> proposals = new HashMap<>();
  private final Map<Long, Origin> origins = new HashMap<>();
  private final Map<Long, Event.Decided> decisions = new HashMap<>();

  /// Number of the decision under which a permit was given, by the permit's id.
  private final Map<String, Long> permits = new HashMap<>();

  /// Permits that nothing has come of yet.
  private final Set<String> pending = new LinkedHashSet<>();

  private final Map<String, Long> shownBy = new HashMap<>();
  private long last;

  /// Number of the event with which the buyer went away last.
  private long left;

  /// Of the action that was proposed last: what a person is asked about is not said twice.
  private String kind = "";

  private Timelines(Sight sight) {
    this.sight = sight;
    this.shown = new Shown(sight);
  }

  public static Timeline of(List<Entry> entries, Sight sight) {
    var timelines = new Timelines(sight);
    for (var happened : Happened.in(entries)) timelines.next(happened);
    return new Timeline(List.copyOf(timelines.rows.values()), timelines.last);
  }

  private void next(Happened happened) {
    last = happened.seq();
    if (happened.event() instanceof Event.MovesAuthority) voidPending(happened);
    switch (happened.event()) {
      case Event.Opened(var campaign, var channel, _) ->
          note(happened, "Opened by " + channel + " in " + campaign);
      case Event.Heard heard -> put(happened, heard(heard));
      case Event.Observed(var facts) -> observed(happened, facts);
      case Event.Proposed proposed -> {
        proposals.put(happened.seq(), proposed);
        happened.origin().ifPresent(origin -> origins.put(happened.seq(), origin));
        kind = proposed.action().kind();
      }
      case Event.Decided decided -> decided(happened, decided);
      case Event.Settled settled -> settled(happened, settled);
      case Event.Lapsed(var permit, _, var reason) ->
          outcome(happened, permit, "lapsed", "It was not claimed: " + plain(reason) + ".");
      case Event.Granted(var role, _, _, var epoch) ->
          put(happened, new Moved(granted(role), role.name(), epoch));
      case Event.Revoked revoked -> put(happened, new Moved(revoked(revoked), "", revoked.epoch()));
      case Event.Released(var from, var epoch, var reason) ->
          put(
              happened,
              new Moved(
                  subject(from) + " lost the conversation: " + plain(reason) + ". Nobody has it.",
                  "",
                  epoch));
      case Event.HandOffFailed(_, var to, var reason) ->
          alert(happened, subject(to) + " did not take it: " + plain(reason));
      case Event.Closed(var reason) -> put(happened, new Moved("Closed: " + plain(reason), "", 0));
      case Event.ConsentChanged(var purpose, var consent) ->
          note(
              happened,
              "Consent to " + plain(purpose) + ": " + Shown.kebab(consent.state().name()));
      case Event.OptedOut _ -> alert(happened, "The buyer asked not to be contacted");
      case Event.PolicyMoved(var from, _) when !from.isEmpty() ->
          note(happened, "A new policy holds");
      case Event.Superseded(var cause) when cause == left ->
          note(happened, "What was waiting is void");
      case Event.Superseded _ -> note(happened, "The buyer spoke: what was waiting is void");
      case Event.ApprovalOpened(var approval) ->
          alert(
              happened,
              "Waits for a person's yes to " + Explanation.what(approval.proposal().action()));
      case Event.ApprovalResolved(_, var operator, var yes, var reason) ->
          note(happened, (yes ? "Approved by " : "Rejected by ") + operator + ": " + reason);
      case Event.ApprovalExpired _ -> note(happened, "The approval expired unanswered");
      case Event.ApprovalVoided(_, var cause) ->
          note(happened, "The approval is void: " + plain(cause));
      case Event.Attested(_, var operator, var took, var reason) ->
          note(
              happened,
              operator
                  + (took ? " found that it took place: " : " found that it did not: ")
                  + reason);
      case Event.Escalated(var reason) ->
          alert(
              happened,
              "A person is asked to step in" + (reason.equals(kind) ? "" : ": " + plain(reason)));
      case Event.Unanswered _ -> alert(happened, "The holder did not answer in time");
      case Event.Stale(var role, var epoch, var what) ->
          note(
              happened,
              "A late "
                  + what
                  + " of "
                  + Explanation.who(role)
                  + " from epoch "
                  + epoch
                  + " was set aside");
      case Event.RoundsSpent _ -> note(happened, "The holder has said all it may for now");
      case Event.Dropped(var dropped, var cause) ->
          note(
              happened,
              (dropped.isEmpty()
                      ? "What was still to come of the answer was"
                      : dropped.size() + (dropped.size() == 1 ? " proposal" : " proposals"))
                  + " set aside: "
                  + cause);
      case Event.SilenceFell _ -> note(happened, "The buyer is silent");
      case Event.FollowUpScheduled(_, var channel) ->
          note(happened, "A follow-up by " + channel + " is scheduled");
      case Event.FollowUpDue _ -> note(happened, "The follow-up is due");
      // The one at the opening goes without saying.
      case Event.ContactBegan(var channel) when happened.seq() > 3 ->
          note(happened, "The buyer came by " + channel);
      case Event.ContactEnded(var reason) -> How.of(reason).ifPresent(how -> left(happened, how));
      case Event.ContactBegan _,
          Event.PolicyMoved _,
          Event.Asked _,
          Event.Answered _,
          Event.HumanSaid _,
          Event.BuyersTurn _ -> {}
    }
  }

  private void left(Happened happened, How how) {
    left = happened.seq();
    switch (how) {
      case HUNG_UP -> note(happened, "The buyer hung up");
      case VOICEMAIL ->
          alert(
              happened,
              "A machine answered: what was said to it, and what it said, does not count");
    }
  }

  private void put(Happened happened, Content content) {
    rows.put(happened.seq(), new Row(happened.seq(), happened.at(), happened.seq(), content));
  }

  private void note(Happened happened, String words) {
    put(happened, new Note(words, Tone.QUIET));
  }

  private void alert(Happened happened, String words) {
    put(happened, new Note(words, Tone.ALERT));
  }

  // --- what was said and learnt

  private Heard heard(Event.Heard heard) {
    // Several phrases may show the same.
    var understood = new LinkedHashMap<String, String>();
    for (var signal : heard.signals()) {
      if (UNREMARKABLE.contains(signal.name())) continue;
      understood.put(signal.name(), words(signal.name(), signal.value()));
    }
    return new Heard(
        sight.open().apply(heard.text()).orElse(null),
        List.copyOf(understood.values()),
        heard.confidence());
  }

  /// A name and, where it says more and is nobody's, its value.
  private static String words(String name, Value value) {
    String plain = plain(name);
    return switch (value) {
      case Value.Secret _ -> plain;
      case Value.Text(var text) when text.isEmpty() || text.equals(name) -> plain;
      case Value.Text(var text) when text.length() > 40 -> plain;
      case Value.Text _, Value.Whole _, Value.Time _ -> plain + ": " + value.shown();
      case Value.Amount(var money) ->
          plain + ": " + Explanation.money(money.currency(), money.minor());
    };
  }

  private void observed(Happened happened, Map<String, Fact> facts) {
    facts.forEach((name, fact) -> shownBy.put(name, fact.evidence()));
    var ofTools =
        facts.entrySet().stream()
            .filter(fact -> fact.getValue().source() == Fact.Source.TOOL)
            .map(fact -> words(fact.getKey(), fact.getValue().value()))
            .toList();
    var settled = rows.get(lastSettled);
    if (ofTools.isEmpty() || settled == null) return;
    change(happened, settled.seq(), decision -> learnt(decision, ofTools));
  }

  private long lastSettled;

  // --- what was decided and came of it

  /// What was permitted and has no outcome may not be claimed any more. Where it had been, the
  /// outcome follows.
  private void voidPending(Happened happened) {
    for (var permit : List.copyOf(pending)) {
      outcome(
          happened,
          permit,
          "void",
          "Its permit is void. If it was claimed before, the outcome follows.");
    }
    pending.clear();
  }

  private void decided(Happened happened, Event.Decided decided) {
    var proposed = proposals.get(decided.proposal());
    if (proposed == null) return;
    decisions.put(happened.seq(), decided);
    decided
        .permit()
        .ifPresent(permit -> {
          permits.put(permit.id(), happened.seq());
          pending.add(permit.id());
        });
    String policy = decided.permit().map(p -> p.policy()).orElse(happened.entry().now().policy());
    var tried = shown.action(proposed.action());
    tried.remove("kind");
    tried.remove("words");
    tried.values().removeIf(value -> value == null || value.equals(""));
    boolean inside =
        decided.verdict() == baton.handoff.gate.Verdict.PERMIT
            && proposed.action() instanceof Action.Inside;
    put(
        happened,
        new Decision(
            proposed.role().name(),
            proposed.epoch(),
            tried,
            text(proposed.action(), policy),
            0,
            List.of(),
            policy,
            inside ? "confirmed" : "",
            Explained.of(
                proposed.role(),
                proposed.action(),
                decided,
                inside ? Optional.of("confirmed") : Optional.empty(),
                Map.copyOf(shownBy)),
            Optional.ofNullable(origins.get(decided.proposal()))));
  }

  private Optional<Text> text(Action action, String policy) {
    return switch (action) {
      case Action.Spoken spoken -> Optional.of(new Text(sight.said(policy, spoken.words())));
      case Action.SendMessage(_, var words) -> Optional.of(new Text(sight.said(policy, words)));
      case Action _ -> Optional.empty();
    };
  }

  private void settled(Happened happened, Event.Settled settled) {
    switch (settled.outcome()) {
      case Outcome.Confirmed _ -> outcome(happened, settled.permit(), "confirmed", "");
      case Outcome.Failed(var reason) ->
          outcome(
              happened,
              settled.permit(),
              "failed",
              "It did not take place: " + plain(reason) + ".");
      case Outcome.Unknown _ -> outcome(happened, settled.permit(), "unknown", "");
    }
  }

  /// @param words more exact than the grammar's own, or empty
  private void outcome(Happened happened, String permit, String outcome, String words) {
    Long seq = permits.get(permit);
    if (seq == null) return;
    pending.remove(permit);
    lastSettled = seq;
    var decided = decisions.get(seq);
    var proposed = proposals.get(decided.proposal());
    change(
        happened,
        seq,
        decision -> {
          var said =
              Explanation.cameOfIt(proposed.action(), decided.verdict(), Optional.of(outcome));
          var was = decision.explained();
          var explained =
              new Explained(
                  was.verdict(),
                  was.sign(),
                  was.heading(),
                  words.isEmpty() ? said : words,
                  was.next(),
                  was.leading(),
                  was.others());
          return new Decision(
              decision.by(),
              decision.epoch(),
              decision.tried(),
              decision.words(),
              happened.seq(),
              decision.learnt(),
              decision.policy(),
              outcome,
              explained,
              decision.origin());
        });
  }

  private static Decision learnt(Decision decision, List<String> facts) {
    return new Decision(
        decision.by(),
        decision.epoch(),
        decision.tried(),
        decision.words(),
        decision.settled(),
        facts,
        decision.policy(),
        decision.outcome(),
        decision.explained(),
        decision.origin());
  }

  private void change(Happened happened, long seq, UnaryOperator<Decision> change) {
    rows.computeIfPresent(
        seq,
        (_, row) ->
            row.content() instanceof Decision decision
                ? new Row(row.seq(), row.at(), happened.seq(), change.apply(decision))
                : row);
  }

  // --- the lease

  private static String granted(Role role) {
    return subject(role) + " has the conversation, with nothing but the lease";
  }

  private static String revoked(Event.Revoked revoked) {
    String lost = subject(revoked.from()) + " lost the conversation. ";
    return switch (revoked.cause()) {
      case "take-over" -> lost + "A person takes over.";
      case "hand-back" -> lost + "It goes back to " + Explanation.who(revoked.to()) + ".";
      default -> lost + "Nobody has it. It is offered to " + Tracks.name(revoked.to()) + ".";
    };
  }

  private static String subject(Role role) {
    if (role.equals(Role.HUMAN)) return "The operator";
    return Explanation.sentence(Explanation.who(role));
  }

  private static String plain(String name) {
    return Explanation.plain(name);
  }
}
