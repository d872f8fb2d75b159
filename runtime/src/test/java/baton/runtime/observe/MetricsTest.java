package baton.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.agent.Origin;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy.SafeState;
import baton.handoff.port.Claims;
import baton.runtime.pages.console.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a node counts and times, as `/metrics` shows it.
class MetricsTest {
  private static final long MS = 1_000_000;
  private final AtomicLong nanos = new AtomicLong();
  private final Metrics metrics = new Metrics(nanos::get);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void givenNothingYet_thenWhatCanBeCountedStandsAtZero() {
    assertEquals(
        List.of(
            "baton_decisions_total{verdict=\"defer\"} 0.0",
            "baton_decisions_total{verdict=\"deny\"} 0.0",
            "baton_decisions_total{verdict=\"escalate\"} 0.0",
            "baton_decisions_total{verdict=\"permit\"} 0.0"),
        lines("baton_decisions_total"));
    assertEquals(
        List.of(
            "baton_claims_total{result=\"authority-moved\"} 0.0",
            "baton_claims_total{result=\"capped\"} 0.0",
            "baton_claims_total{result=\"expired\"} 0.0",
            "baton_claims_total{result=\"interrupted\"} 0.0",
            "baton_claims_total{result=\"made\"} 0.0",
            "baton_claims_total{result=\"made-before\"} 0.0",
            "baton_claims_total{result=\"opted-out\"} 0.0",
            "baton_claims_total{result=\"paused\"} 0.0",
            "baton_claims_total{result=\"policy-moved\"} 0.0"),
        lines("baton_claims_total"));
  }

  @Test
  void givenAStepOf20Ms_whenItsRowTook15_thenBothTimesAreThere() {
    nanos.set(20 * MS);
    metrics.durable(0, 5 * MS);
    assertEquals(
        List.of("baton_steps_total{result=\"taken\"} 1.0"), lines("baton_steps_total", "taken"));
    assertEquals(List.of("baton_step_seconds_sum 0.02"), lines("baton_step_seconds_sum"));
    assertEquals(List.of("baton_journal_seconds_sum 0.015"), lines("baton_journal_seconds_sum"));
    assertEquals(
        List.of(
            "baton_step_seconds_bucket{le=\"0.01\"} 0", "baton_step_seconds_bucket{le=\"0.02\"} 1"),
        lines("baton_step_seconds_bucket", "\"0.01\"", "\"0.02\""));
  }

  @Test
  void givenADecision_thenItAndEveryFindingAgainstItAreCounted_hereAndForTheConsole() {
    var findings =
        List.of(
            finding("mandate", Verdict.PERMIT),
            finding("limits", Verdict.DEFER),
            finding("consent", Verdict.DENY));
    metrics.happened(new Event.Decided(7, Verdict.DENY, findings, Optional.empty()));
    assertEquals(
        List.of("baton_decisions_total{verdict=\"deny\"} 1.0"),
        lines("baton_decisions_total", "deny"));
    assertEquals(
        List.of(
            "baton_findings_total{check=\"consent\",verdict=\"deny\"} 1.0",
            "baton_findings_total{check=\"limits\",verdict=\"defer\"} 1.0"),
        lines("baton_findings_total").stream().filter(line -> line.endsWith(" 1.0")).toList());
    assertEquals(
        List.of(
            new Tally("all", 0, 0, 0, 1),
            new Tally("consent", 0, 0, 0, 1),
            new Tally("limits", 0, 1, 0, 0)),
        metrics.byCheck());
  }

  private static Finding finding(String check, Verdict verdict) {
    return new Finding(check, verdict, "clause", "owner", "code", new TreeMap<>(), List.of());
  }

  @Test
  void givenHandOffs_thenEachEdgeIsCountedByItsResult() {
    revoked(Role.BOOKING, Role.CLOSING);
    metrics.happened(new Event.Granted(Role.CLOSING, "", Role.BOOKING, 3));
    revoked(Role.CLOSING, Role.TRANSFER);
    metrics.happened(new Event.HandOffFailed(Role.CLOSING, Role.TRANSFER, "I have no time, Ada"));
    metrics.happened(new Event.Granted(Role.CLOSING, "", Role.CLOSING, 5));
    revoked(Role.CLOSING, Role.HUMAN);
    metrics.happened(new Event.HandOffFailed(Role.CLOSING, Role.HUMAN, "not-answered"));
    assertEquals(
        List.of(
            "baton_hand_offs_total{from=\"booking\",result=\"granted\",to=\"closing\"} 1.0",
            "baton_hand_offs_total{from=\"booking\",result=\"offered\",to=\"closing\"} 1.0",
            "baton_hand_offs_total{from=\"closing\",result=\"not-answered\",to=\"human\"} 1.0",
            "baton_hand_offs_total{from=\"closing\",result=\"offered\",to=\"human\"} 1.0",
            "baton_hand_offs_total{from=\"closing\",result=\"offered\",to=\"transfer\"} 1.0",
            "baton_hand_offs_total{from=\"closing\",result=\"refused\",to=\"transfer\"} 1.0"),
        lines("baton_hand_offs_total"));
  }

  private void revoked(Role from, Role to) {
    metrics.happened(
        new Event.Revoked(
            from, to, 2, "c", List.of(), SafeState.RETURN, Instant.EPOCH, "proposed"));
  }

  @Test
  void givenMoreNamesThanAreTold_thenTheLaterOnesAreOther() {
    for (int i = 1; i <= 70; i++) answered("model-" + i, 0, 0, List.of());
    answered("model-1", 0, 0, List.of());
    assertEquals(65, lines("baton_model_answers_total").size());
    assertEquals(
        List.of("baton_model_answers_total{model=\"model-1\"} 2.0"),
        lines("baton_model_answers_total{model=\"model-1\"}"));
    assertEquals(
        List.of("baton_model_answers_total{model=\"other\"} 6.0"),
        lines("baton_model_answers_total{model=\"other\"}"));
  }

  @Test
  void givenWhatModelsDid_thenAnswersTokensAndWhatKeptThemFromMoreAreCountedByModel() {
    answered("sales", 800, 40, List.of());
    answered("sales", 200, 0, List.of("time-out"));
    answered("large", 0, 0, List.of("judge", "rounds"));
    assertEquals(
        List.of(
            "baton_model_answers_total{model=\"large\"} 1.0",
            "baton_model_answers_total{model=\"sales\"} 2.0"),
        lines("baton_model_answers_total"));
    assertEquals(
        List.of(
            "baton_model_factors_total{factor=\"judge\",model=\"large\"} 1.0",
            "baton_model_factors_total{factor=\"rounds\",model=\"large\"} 1.0",
            "baton_model_factors_total{factor=\"time-out\",model=\"sales\"} 1.0"),
        lines("baton_model_factors_total"));
    assertEquals(
        List.of(
            "baton_model_tokens_total{direction=\"in\",model=\"sales\"} 1000.0",
            "baton_model_tokens_total{direction=\"out\",model=\"sales\"} 40.0"),
        lines("baton_model_tokens_total", "sales"));
  }

  private void answered(String model, long in, long out, List<String> factors) {
    var origin = new Origin(model, "v1", "5eed", in, out, 700, factors);
    metrics.happened(new Event.Answered(3, 1, Optional.of(origin)));
  }

  @Test
  void givenClaimsAndEffects_thenResultsTimesAndWhatIsUnderWayAreThere() {
    nanos.set(4 * MS);
    metrics.claim(new Claims.Answer.Granted(1, Instant.EPOCH), 0);
    metrics.claim(new Claims.Answer.Refused(Claims.Reason.PAUSED), 2 * MS);
    metrics.batch(Metrics.Work.CLAIM, 2, MS);
    metrics.effectBegan();
    metrics.effectBegan();
    metrics.effectEnded("book", new Outcome.Failed("slot-taken"), 0);
    assertEquals(
        List.of(
            "baton_claims_total{result=\"made\"} 1.0", "baton_claims_total{result=\"paused\"} 1.0"),
        lines("baton_claims_total").stream().filter(line -> line.endsWith(" 1.0")).toList());
    assertEquals(List.of("baton_claim_seconds_sum 0.006"), lines("baton_claim_seconds_sum"));
    assertEquals(
        List.of("baton_claim_batch_size_sum{work=\"claim\"} 2.0"),
        lines("baton_claim_batch_size_sum", "\"claim\""));
    assertEquals(List.of("baton_effects_in_flight 1.0"), lines("baton_effects_in_flight"));
    assertEquals(
        List.of("baton_effect_seconds_sum{kind=\"book\",outcome=\"failed\"} 0.004"),
        lines("baton_effect_seconds_sum"));
  }

  @Test
  void givenAConversationThatComesAndGoes_thenItIsWarmOnce_andNoCommandIsLeftWaiting() {
    var presence = new Presence(metrics);
    presence.cooled();
    assertEquals(List.of("baton_conversations_warm 0.0"), lines("baton_conversations_warm"));
    nanos.set(30 * MS);
    presence.warmed();
    presence.stashed();
    presence.stashed();
    assertEquals(List.of("baton_conversations_warm 1.0"), lines("baton_conversations_warm"));
    assertEquals(List.of("baton_commands_stashed 2.0"), lines("baton_commands_stashed"));
    assertEquals(List.of("baton_recovery_seconds_sum 0.03"), lines("baton_recovery_seconds_sum"));
    presence.cooled();
    presence.cooled();
    assertEquals(List.of("baton_conversations_warm 0.0"), lines("baton_conversations_warm"));
    assertEquals(List.of("baton_commands_stashed 0.0"), lines("baton_commands_stashed"));
  }

  /// Lines that begin so, with one of these in them where there are any.
  private List<String> lines(String start, String... among) {
    return metrics
        .text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .filter(line -> line.startsWith(start))
        .filter(line -> among.length == 0 || List.of(among).stream().anyMatch(line::contains))
        .sorted()
        .toList();
  }
}
