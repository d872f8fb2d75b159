package baton.agents;

import baton.handoff.Outcome;
import baton.handoff.Prompt;
import baton.handoff.action.Action;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A briefing, as rules ask about it.
///
/// @param notes as the last answer left them
/// @param read what the rules before read into the buyer's answer, by purpose
/// @param answered whether they said something already
record Situation(
    Briefing briefing, Notes notes, Map<String, Consent.State> read, boolean answered) {
  /// A question that was put so often is not understood.
  private static final int STUCK = 2;

  /// The interpreter's word for a time that is an hour, with no day named.
  private static final String HOUR_ALONE = "hour-alone";

  private static final Set<String> ANSWERS = Set.of(Signal.YES, Signal.NO, Signal.VAGUE);

  static Situation of(Briefing briefing, Notes notes) {
    return new Situation(briefing, notes, Map.of(), false);
  }

  /// As it stands for the rules after one that goes on.
  Situation after(List<Drafting.Piece> pieces) {
    var next = new HashMap<>(read);
    boolean said = answered;
    for (var piece : pieces) {
      switch (piece) {
        case Drafting.Said _ -> said = true;
        case Drafting.Done(Action.InterpretConsent(var purpose, var state, _)) ->
            next.put(purpose, state);
        case Drafting.Done _ -> {}
      }
    }
    return new Situation(briefing, notes, Map.copyOf(next), said);
  }

  Situation with(Notes newer) {
    return new Situation(briefing, newer, read, answered);
  }

  /// The buyer's last message among what is new.
  Optional<Prompt.Heard> heard() {
    return prompts(Prompt.Heard.class).reduce((_, later) -> later);
  }

  boolean started() {
    return prompts(Prompt.Started.class).findAny().isPresent();
  }

  /// The buyer has come to a conversation that the engine began.
  boolean arrived() {
    return prompts(Prompt.Arrived.class).findAny().isPresent();
  }

  boolean startedAfter(String role) {
    return prompts(Prompt.Started.class).anyMatch(start -> start.previous().name().equals(role));
  }

  /// Time has passed without a word, so often in a row at least.
  boolean silence(int count) {
    return prompts(Prompt.Silence.class).anyMatch(silence -> silence.count() >= count);
  }

  boolean followUp() {
    return prompts(Prompt.FollowUp.class).findAny().isPresent();
  }

  /// The fact is known and younger than the other.
  boolean newer(String name, String other) {
    var fact = fact(name);
    var older = fact(other);
    return fact.isPresent() && older.isPresent() && fact.get().evidence() > older.get().evidence();
  }

  /// The quote comes to more than the buyer would pay.
  boolean overBudget() {
    return fact("quote.total").map(Fact::value).orElse(null) instanceof Value.Amount(var total)
        && fact(Signal.BUDGET).map(Fact::value).orElse(null) instanceof Value.Amount(var budget)
        && total.currency().equals(budget.currency())
        && total.minor() > budget.minor();
  }

  /// The question that the buyer was answering was put as often as it may be, and what it asks for
  /// is not known yet.
  boolean stuck() {
    return !answered
        && !notes.question().isEmpty()
        && notes.times() >= STUCK
        && asked(notes.question())
        && (notes.question().equals("slots")
            ? new Slots(this).picked().isEmpty()
            : fact(notes.question()).isEmpty());
  }

  /// Whether something new came from outside, and not only what came of one's own actions.
  boolean anew() {
    return briefing.prompts().stream()
        .anyMatch(prompt ->
            switch (prompt) {
              case Prompt.Started _, Prompt.Arrived _, Prompt.Heard _, Prompt.FollowUp _ -> true;
              case Prompt.Voiced _,
                  Prompt.Settled _,
                  Prompt.Refused _,
                  Prompt.Waiting _,
                  Prompt.Silence _ ->
                  false;
            });
  }

  /// Everything heard is there, but an answer counts only in the last message.
  boolean signal(String name, String value) {
    List<Signal> signals =
        ANSWERS.contains(name)
            ? heard().map(Prompt.Heard::signals).orElse(List.of())
            : prompts(Prompt.Heard.class).flatMap(heard -> heard.signals().stream()).toList();
    return signals.stream()
        .filter(signal -> signal.name().equals(name))
        .anyMatch(signal -> value.isEmpty() || signal.value().shown().equals(value));
  }

  /// The time in the buyer's last message is an hour without a day: "at 2 pm".
  boolean hourAlone() {
    return heard().stream()
        .flatMap(heard -> heard.signals().stream())
        .anyMatch(signal -> signal.name().equals(HOUR_ALONE));
  }

  /// The time that the buyer's last message named, if it named the day too.
  Optional<Instant> dayNamed() {
    return fact(Signal.TIME)
        .filter(time -> heard().filter(heard -> heard.seq() == time.evidence()).isPresent())
        .filter(_ -> !hourAlone())
        .map(Fact::value)
        .filter(value -> value instanceof Value.Time)
        .map(value -> ((Value.Time) value).at());
  }

  /// A fact that is known and fresh.
  Optional<Fact> fact(String name) {
    return Optional.ofNullable(briefing.facts().get(name))
        .filter(fact -> fact.freshAt(briefing.at()));
  }

  boolean fact(String name, String value) {
    return fact(name)
        .filter(fact -> value.isEmpty() || fact.value().shown().equals(value))
        .isPresent();
  }

  boolean asked(String topic) {
    return heard().filter(heard -> heard.answering().equals(topic)).isPresent();
  }

  boolean consent(String purpose, String state) {
    var consent = briefing.consents().get(purpose);
    var before = consent == null ? "unknown" : consent.state().name();
    var known = read.containsKey(purpose) ? read.get(purpose).name() : before;
    return known.equalsIgnoreCase(state);
  }

  boolean done(String kind) {
    return outcomes(kind).anyMatch(Outcome.Confirmed.class::isInstance);
  }

  boolean failed(String kind) {
    return outcomes(kind).anyMatch(Outcome.Failed.class::isInstance);
  }

  private Stream<Outcome> outcomes(String kind) {
    return prompts(Prompt.Settled.class)
        .filter(settled -> settled.kind().equals(kind))
        .map(Prompt.Settled::outcome);
  }

  /// @param check the check that said no, or empty for any
  boolean refused(String kind, String check) {
    return prompts(Prompt.Refused.class)
        .filter(refused -> refused.kind().equals(kind))
        .anyMatch(refused ->
            check.isEmpty() || refused.findings().stream().anyMatch(f -> f.check().equals(check)));
  }

  boolean pending(String kind) {
    return briefing.pending().contains(kind)
        || prompts(Prompt.Waiting.class).anyMatch(waiting -> waiting.kind().equals(kind));
  }

  /// The buyer's zone: what was said last, else what is on record, else the seller's.
  ZoneId zone() {
    var said = fact(Signal.TIME_ZONE).map(fact -> fact.value().shown());
    try {
      return ZoneId.of(said.orElse(briefing.zone()));
    } catch (DateTimeException notAZone) {
      return ZoneId.of(briefing.zone());
    }
  }

  private <P extends Prompt> Stream<P> prompts(Class<P> sort) {
    return briefing.prompts().stream().filter(sort::isInstance).map(sort::cast);
  }
}
