package baton.runtime.observe;

import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.agent.Origin;
import baton.handoff.gate.Verdict;
import baton.handoff.port.Claims;
import baton.runtime.pages.console.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What this process counts and times, for `/metrics`: every name and every label stands here.
///
/// Labels are kinds, results and names that a policy gives, never ids and nothing personal. What
/// every step touches is there before the first step.
public final class Metrics implements AutoCloseable {
  /// What became of a command.
  public enum Taking {
    TAKEN,
    UNCHANGED,
    REJECTED
  }

  /// What is done to claims, many at a time.
  public enum Work {
    ADVANCE,
    SETTLE,
    CLAIM
  }

  private enum Answered {
    MADE,
    MADE_BEFORE
  }

  private enum Came {
    CONFIRMED,
    FAILED,
    UNKNOWN
  }

  private final LongSupplier nanos;
  private final Meters meters = new Meters();

  private final Map<Taking, Counter> steps =
      meters.each(
          meters.counter("baton_steps_total", "Commands, by what became of them."),
          "result",
          Taking.class);
  private final Timer step =
      meters.timer("baton_step_seconds", "From a command taken to its step durable.").withTags();
  private final Timer journal =
      meters.timer("baton_journal_seconds", "From a step decided to its row durable.").withTags();
  private final Timer recovery =
      meters.timer("baton_recovery_seconds", "A conversation read from its journal.").withTags();
  private final MeterProvider<Counter> opened =
      meters.counter("baton_conversations_opened_total", "Conversations opened.");
  private final MeterProvider<Counter> handOffs =
      meters.counter("baton_hand_offs_total", "Hand-offs, by edge and result.");
  private final Map<Verdict, Counter> decisions =
      meters.each(
          meters.counter("baton_decisions_total", "Decisions made by this process."),
          "verdict",
          Verdict.class);
  private final Map<String, Map<Verdict, Counter>> findings = new ConcurrentSkipListMap<>();

  private final MeterProvider<Counter> claims =
      meters.counter("baton_claims_total", "Claims asked for, by result.");
  private final Map<Answered, Counter> made = meters.each(claims, "result", Answered.class);
  private final Map<Claims.Reason, Counter> refused =
      meters.each(claims, "result", Claims.Reason.class);
  private final Timer claim =
      meters.timer("baton_claim_seconds", "From a claim asked for to its answer.").withTags();
  private final Map<Work, Timer> batches =
      meters.each(
          meters.timer("baton_claim_batch_seconds", "One transaction on claims."),
          "work",
          Work.class);
  private final Map<Work, DistributionSummary> batchSizes =
      meters.each(
          meters.size("baton_claim_batch_size", "How much one transaction on claims held."),
          "work",
          Work.class);
  private final Map<Came, Counter> outcomes =
      meters.each(
          meters.counter("baton_outcomes_total", "Outcomes of effects."), "outcome", Came.class);
  private final MeterProvider<Timer> effects =
      meters.timer("baton_effect_seconds", "Calls of tools, by kind of action and outcome.");

  private final MeterProvider<Timer> modelCalls =
      meters.timer("baton_model_call_seconds", "Calls of language models, by result.");
  private final MeterProvider<Counter> modelAnswers =
      meters.counter(
          "baton_model_answers_total",
          "Answers, and parts of answers, of roles that a language model fills.");
  private final MeterProvider<Counter> modelFactors =
      meters.counter(
          "baton_model_factors_total", "What kept a model from more, as the record calls it.");
  private final MeterProvider<Counter> modelTokens =
      meters.counter("baton_model_tokens_total", "Tokens read and written.");

  private final MeterProvider<Counter> requests =
      meters.counter("baton_http_requests_total", "Requests answered.");
  private final MeterProvider<Timer> requestTimes =
      meters.timer("baton_http_seconds", "From a request to its answer, by class of status.");

  private final LongAdder streams = meters.level("baton_event_streams", "Event streams open.");
  private final LongAdder warm =
      meters.level("baton_conversations_warm", "Conversations in memory at this node.");
  private final LongAdder stashed =
      meters.level("baton_commands_stashed", "Commands that wait for an authority row.");
  private final LongAdder inFlight =
      meters.level("baton_effects_in_flight", "Calls of tools under way.");

  private final Labels campaigns = new Labels();
  private final Labels roles = new Labels();
  private final Labels kinds = new Labels();
  private final Labels models = new Labels();
  private final Labels factors = new Labels();

  /// @param nanos a clock that never goes back
  public Metrics(LongSupplier nanos) {
    this.nanos = nanos;
    long began = nanos.getAsLong();
    meters.gauge(
        "baton_uptime_seconds",
        "Time since this process began.",
        () -> (nanos.getAsLong() - began) / 1_000_000_000);
  }

  /// The clock that everything here is timed by, in nanoseconds.
  public long now() {
    return nanos.getAsLong();
  }

  private void since(long began, Timer timer) {
    timer.record(now() - began, TimeUnit.NANOSECONDS);
  }

  // --- conversations

  public void step(Taking result) {
    steps.get(result).increment();
  }

  public void durable(long taken, long decided) {
    step(Taking.TAKEN);
    since(taken, step);
    since(decided, journal);
  }

  /// A conversation is in memory, read from its journal.
  void warmed(long began) {
    warm.increment();
    since(began, recovery);
  }

  void cooled() {
    warm.decrement();
  }

  /// @param change how many more wait, or fewer
  void stashed(int change) {
    stashed.add(change);
  }

  /// Something is in a journal now.
  public void happened(Event event) {
    switch (event) {
      case Event.Opened(var campaign, _, _) ->
          opened.withTags("campaign", campaigns.of(campaign)).increment();
      case Event.Decided decided -> decided(decided);
      case Event.Answered answered -> answered.origin().ifPresent(this::answered);
      case Event.Settled settled -> outcomes.get(came(settled.outcome())).increment();
      case Event.Revoked(var from, var to, _, _, _, _, _, _) -> handOff(from, to, "offered");
      case Event.Granted(var to, _, var from, _) when !to.equals(from) ->
          handOff(from, to, "granted");
      case Event.HandOffFailed(var from, var to, var reason) ->
          handOff(from, to, reason.equals("not-answered") ? reason : "refused");
      case Event _ -> {}
    }
  }

  private void decided(Event.Decided decided) {
    decisions.get(decided.verdict()).increment();
    for (var finding : decided.findings()) {
      if (finding.verdict() == Verdict.PERMIT) continue;
      findings.computeIfAbsent(finding.check(), this::check).get(finding.verdict()).increment();
    }
  }

  private Map<Verdict, Counter> check(String check) {
    var of = meters.counter("baton_findings_total", "What checks found against actions.");
    return meters.each(
        tags -> of.withTags(Tags.of(tags).and("check", check)), "verdict", Verdict.class);
  }

  /// Whether a model gave an answer, or what took its place.
  private void answered(Origin origin) {
    var model = models.of(origin.model());
    modelAnswers.withTags("model", model).increment();
    for (var factor : origin.factors()) {
      modelFactors.withTags("model", model, "factor", factors.of(factor)).increment();
    }
    modelTokens.withTags("model", model, "direction", "in").increment(origin.tokensIn());
    modelTokens.withTags("model", model, "direction", "out").increment(origin.tokensOut());
  }

  private void handOff(Role from, Role to, String result) {
    handOffs
        .withTags("from", roles.of(from.name()), "to", roles.of(to.name()), "result", result)
        .increment();
  }

  /// All decisions first, then each check that ever spoke against something.
  public List<Tally> byCheck() {
    var all = new ArrayList<>(List.of(tally("all", decisions)));
    findings.forEach((check, verdicts) -> all.add(tally(check, verdicts)));
    return all;
  }

  private static Tally tally(String name, Map<Verdict, Counter> verdicts) {
    return new Tally(
        name,
        (long) verdicts.get(Verdict.PERMIT).count(),
        (long) verdicts.get(Verdict.DEFER).count(),
        (long) verdicts.get(Verdict.ESCALATE).count(),
        (long) verdicts.get(Verdict.DENY).count());
  }

  // --- claims and effects

  public void claim(Claims.Answer answer, long asked) {
    var counter =
        switch (answer) {
          case Claims.Answer.Granted _ -> made.get(Answered.MADE);
          case Claims.Answer.Already _ -> made.get(Answered.MADE_BEFORE);
          case Claims.Answer.Refused(var reason) -> refused.get(reason);
        };
    counter.increment();
    since(asked, claim);
  }

  public void batch(Work work, int size, long began) {
    batchSizes.get(work).record(size);
    since(began, batches.get(work));
  }

  public void effectBegan() {
    inFlight.increment();
  }

  public void effectEnded(String kind, Outcome outcome, long began) {
    inFlight.decrement();
    since(began, effects.withTags("kind", kinds.of(kind), "outcome", word(outcome)));
  }

  /// As the label `outcome` has it.
  static String word(Outcome outcome) {
    return Labels.word(came(outcome));
  }

  /// As the label `result` has it.
  static String word(Claims.Answer answer) {
    return switch (answer) {
      case Claims.Answer.Granted _ -> Labels.word(Answered.MADE);
      case Claims.Answer.Already _ -> Labels.word(Answered.MADE_BEFORE);
      case Claims.Answer.Refused(var reason) -> Labels.word(reason);
    };
  }

  private static Came came(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Confirmed _ -> Came.CONFIRMED;
      case Outcome.Failed _ -> Came.FAILED;
      case Outcome.Unknown _ -> Came.UNKNOWN;
    };
  }

  /// @param result `answered`, or why not
  public void modelCall(String model, String result, long began) {
    since(began, modelCalls.withTags("model", models.of(model), "result", factors.of(result)));
  }

  // --- the doors

  /// @param route its template, never the path
  public void request(String method, String route, int status, long began) {
    requests
        .withTags("method", method, "route", route, "status", Integer.toString(status))
        .increment();
    since(began, requestTimes.withTags("status", status / 100 + "xx"));
  }

  public void streams(int change) {
    streams.add(change);
  }

  // --- what is looked at when it is asked for

  public void claimsWaiting(Supplier<Number> waiting) {
    meters.gauge("baton_claims_waiting", "What waits for a transaction on claims.", waiting);
  }

  public void requestsOpen(Supplier<Number> open) {
    meters.gauge("baton_http_requests_open", "Requests that are worked on or wait.", open);
  }

  /// @param state `active`, `idle`, or `waiting` for those who want one
  void connections(String pool, String state, Supplier<Number> connections) {
    meters.gauge(
        "baton_database_connections",
        "Connections to the database, and who waits for one.",
        connections,
        "pool",
        pool,
        "state",
        state);
  }

  void bind(MeterBinder binder) {
    meters.bind(binder);
  }

  /// In Prometheus' text format.
  public String text() {
    return meters.text();
  }

  @Override
  public void close() {
    meters.close();
  }
}
