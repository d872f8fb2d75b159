package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.fact.Value;
import baton.handoff.port.Claims.Answer;
import baton.handoff.port.Claims.Authority;
import baton.handoff.port.Claims.Batch;
import baton.handoff.port.Claims.Claim;
import baton.handoff.port.Claims.ClaimState;
import baton.handoff.port.Claims.Reason;
import baton.handoff.port.Claims.Settlement;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every implementation of [baton.handoff.port.Claims] owes.
abstract class ClaimsContract {
  private final Ports ports;
  private final Setting s;

  ClaimsContract(Ports ports) {
    this.ports = ports;
    this.s = Setting.in(ports);
    s.at("a", 5).at("b", 7);
  }

  @AfterEach
  void resumeEngine() {
    set(new Scope(Scope.Level.ENGINE, ""), Mode.RUNNING);
  }

  private List<Answer> claim(Setting.Draft... drafts) {
    return ports.claims().claim(Arrays.stream(drafts).map(Setting.Draft::request).toList());
  }

  private void settle(Setting.Draft draft, Outcome outcome) {
    ports.claims().settle(List.of(new Settlement(s.tenant(), find(draft).n(), outcome)));
  }

  private Claim find(Setting.Draft draft) {
    return ports.claims().find(s.tenant(), draft.request().permit().id()).orElseThrow();
  }

  private void set(Scope scope, Mode mode) {
    ports.controls().set(s.tenant(), scope, mode, "test", "olga");
  }

  private static void assertRefused(Reason reason, Answer answer) {
    assertEquals(new Answer.Refused(reason), answer);
  }

  private static Answer.Granted assertGranted(Answer answer) {
    return org.junit.jupiter.api.Assertions.assertInstanceOf(Answer.Granted.class, answer);
  }

  private static Claim assertAlready(Answer answer) {
    return org.junit.jupiter.api.Assertions.assertInstanceOf(Answer.Already.class, answer).claim();
  }

  @Test
  void givenAPermitThatHoldsWhenItIsClaimedThenTheClaimSaysWhatWasUsedUp() {
    var draft = s.draft("a", 9, 5);
    var granted = assertGranted(claim(draft).getFirst());
    var expected =
        new Claim(
            granted.n(),
            draft.id().numbered(9),
            s.id("a"),
            "c",
            Role.BOOKING,
            3,
            "speak",
            draft.id().key() + ":k9",
            "digest-9",
            ClaimState.CLAIMED,
            granted.at(),
            Optional.empty(),
            "{\"seq\":9}",
            Optional.empty());
    assertEquals(expected, find(draft));
    assertEquals(List.of(expected), ports.claims().open(s.id("a")));
    assertEquals(List.of(), ports.claims().open(s.id("b")));
  }

  @Test
  void givenAllThreeAtOnceThenAClaimIsMadeOnTheAuthorityAndTheOutcomesOfItsBatch() {
    var failed = s.draft("a", 9, 5);
    var n = assertGranted(claim(failed).getFirst()).n();
    var answers =
        ports
            .claims()
            .take(
                new Batch(
                    List.of(
                        new Authority(s.id("a"), "buyer-a", 8, false),
                        new Authority(s.id("b"), "buyer-b", 9, true)),
                    List.of(
                        new Settlement(
                            s.tenant(), n, new Outcome.Failed(Outcome.Failed.NEVER_DONE))),
                    List.of(
                        s.draft("a", 10, 8).key("k9").request(),
                        s.draft("a", 11, 5).request(),
                        s.draft("b", 12, 9).request())));
    assertGranted(answers.get(0));
    assertRefused(Reason.AUTHORITY_MOVED, answers.get(1));
    assertRefused(Reason.OPTED_OUT, answers.get(2));
    assertEquals(ClaimState.FAILED, find(failed).state());
  }

  @Test
  void givenAnEmptyBatchThenNothingIsAnswered() {
    assertEquals(List.of(), claim());
    ports.claims().settle(List.of());
    ports.claims().advance(List.of());
  }

  @Test
  void givenAClaimWhenItsPermitIsClaimedAgainThenItIsAlreadyThereWhateverHasMoved() {
    var draft = s.draft("a", 9, 5);
    claim(draft);
    s.at("a", 6);
    set(new Scope(Scope.Level.CONVERSATION, "a"), Mode.PAUSED);
    assertEquals(find(draft), assertAlready(claim(draft).getFirst()));
    settle(draft, Outcome.confirmed());
    assertEquals(ClaimState.CONFIRMED, assertAlready(claim(draft).getFirst()).state());
  }

  @Test
  void givenAKeyInUseWhenAnotherPermitOfItIsClaimedThenOnlyAFailedClaimGivesItFree() {
    var first = s.draft("a", 9, 5).key("same");
    var second = s.draft("a", 10, 5).key("same");
    claim(first);
    assertEquals(find(first), assertAlready(claim(second).getFirst()));
    settle(first, new Outcome.Unknown("timeout"));
    assertEquals(find(first), assertAlready(claim(second).getFirst()));
    settle(first, new Outcome.Failed("never-done"));
    assertEquals(find(first), assertAlready(claim(first).getFirst()), "it is used up");
    assertGranted(claim(second).getFirst());
    assertEquals(find(first), assertAlready(claim(first).getFirst()), "its own claim comes first");
  }

  @Test
  void givenAConfirmedClaimWhenAnotherPermitOfItsKeyIsClaimedThenItIsAlreadyThere() {
    var first = s.draft("a", 9, 5).key("same");
    claim(first);
    settle(first, Outcome.confirmed());
    assertEquals(find(first), assertAlready(claim(s.draft("a", 10, 5).key("same")).getFirst()));
  }

  @Test
  void givenABatchOfAllSortsThenEachRequestHasItsOwnAnswerInItsPlace() {
    s.at("paused", 1).at("gone", 1);
    s.advance("gone", 1, true);
    set(new Scope(Scope.Level.CONVERSATION, "paused"), Mode.PAUSED);
    var granted = s.draft("a", 9, 5);
    var answers =
        claim(
            s.draft("paused", 2, 1),
            granted,
            s.draft("a", 10, 5).policy("p0"),
            granted,
            s.draft("a", 11, 4),
            s.draft("a", 12, 5).expiresAt(Setting.EARLIER),
            s.draft("gone", 2, 1),
            s.draft("gone", 3, 1).allowedDespiteOptOut(),
            s.draft("a", 13, 5).key("k9"),
            s.draft("a", 14, 6).key("twice"),
            s.draft("a", 15, 5).key("twice"),
            s.draft("b", 16, 7));
    assertRefused(Reason.PAUSED, answers.get(0));
    long n = assertGranted(answers.get(1)).n();
    assertRefused(Reason.POLICY_MOVED, answers.get(2));
    assertEquals(n, assertAlready(answers.get(3)).n());
    assertRefused(Reason.AUTHORITY_MOVED, answers.get(4));
    assertRefused(Reason.EXPIRED, answers.get(5));
    assertRefused(Reason.OPTED_OUT, answers.get(6));
    assertGranted(answers.get(7));
    assertEquals(n, assertAlready(answers.get(8)).n());
    assertRefused(Reason.AUTHORITY_MOVED, answers.get(9));
    assertGranted(answers.get(10));
    assertGranted(answers.get(11));
    assertEquals(12, answers.size());
    assertEquals(4, ports.claims().page(s.tenant(), 0, Optional.empty(), 100).size());
  }

  @Test
  void givenAPermitThatWasGivenUpWhenItIsClaimedThenItIsRefused() {
    var late = s.draft("a", 9, 5);
    var permit = late.request().permit().id();
    assertEquals(Optional.empty(), ports.claims().conclude(s.id("a"), permit));
    assertEquals(Optional.empty(), ports.claims().conclude(s.id("a"), permit));
    assertRefused(Reason.INTERRUPTED, claim(late).getFirst());
    assertGranted(claim(s.draft("a", 10, 5)).getFirst());
  }

  @Test
  void givenAClaimWhenItsPermitIsGivenUpThenItStands() {
    var draft = s.draft("a", 9, 5);
    claim(draft);
    var claim = find(draft);
    assertEquals(
        Optional.of(claim), ports.claims().conclude(s.id("a"), draft.request().permit().id()));
    assertEquals(claim, assertAlready(claim(draft).getFirst()));
  }

  @Test
  void givenNoAuthorityRowOrNoPolicyWhenClaimedThenItIsRefused() {
    assertRefused(Reason.AUTHORITY_MOVED, claim(s.draft("unknown", 2, 0)).getFirst());
    assertRefused(Reason.POLICY_MOVED, claim(s.draft("a", 2, 5).campaign("none")).getFirst());
  }

  @Test
  void givenAPausedScopeThenItsClaimsAreRefusedUntilItIsResumedAndOthersAreNot() {
    var other = Setting.in(ports);
    other.at("a", 5);
    long seq = 10;
    for (var name :
        List.of("engine", "tenant:" + s.tenant(), "campaign:c", "role:booking", "conversation:a")) {
      var scope = Scope.parse(name).orElseThrow();
      set(scope, Mode.PAUSED);
      assertRefused(Reason.PAUSED, claim(s.draft("a", seq, 5)).getFirst());
      if (scope.level() != Scope.Level.ENGINE) {
        assertGranted(ports.claims().claim(List.of(other.draft("a", seq, 5).request())).getFirst());
      }
      set(scope, Mode.RUNNING);
      assertGranted(claim(s.draft("a", seq, 5)).getFirst());
      seq++;
    }
  }

  @Test
  void givenAnotherRoleOrConversationIsPausedThenClaimsAreGranted() {
    set(new Scope(Scope.Level.ROLE, "closing"), Mode.PAUSED);
    set(new Scope(Scope.Level.CONVERSATION, "b"), Mode.PAUSED);
    assertGranted(claim(s.draft("a", 9, 5)).getFirst());
    assertRefused(Reason.PAUSED, claim(s.draft("a", 10, 5).role(Role.CLOSING)).getFirst());
  }

  @Test
  void givenAnotherPolicyIsActivatedThenPermitsOfTheOneBeforeAreWorthless() {
    s.activate("c", "p2");
    assertRefused(Reason.POLICY_MOVED, claim(s.draft("a", 9, 5)).getFirst());
    assertGranted(claim(s.draft("a", 9, 5).policy("p2")).getFirst());
  }

  @Test
  void givenAnOlderAuthorityRowThenTheRowStaysAndSoDoesAnOptOut() {
    s.advance("a", 8, true);
    s.advance("a", 6, false);
    assertRefused(Reason.AUTHORITY_MOVED, claim(s.draft("a", 9, 6)).getFirst());
    assertRefused(Reason.OPTED_OUT, claim(s.draft("a", 9, 8)).getFirst());
    s.advance("a", 9, false);
    assertRefused(Reason.OPTED_OUT, claim(s.draft("a", 9, 9)).getFirst());
  }

  @Test
  void givenAnOptOutInOneConversationThenTheBuyersOthersAreRefusedToo() {
    s.advance("a", 5, true);
    assertRefused(Reason.OPTED_OUT, claim(s.draft("b", 9, 7).subject("buyer-a")).getFirst());
    assertGranted(claim(s.draft("b", 9, 7)).getFirst());
  }

  @Test
  void givenASettledClaimWhenItIsSettledAgainThenTheFirstOutcomeStays() {
    var draft = s.draft("a", 9, 5);
    var confirmed = Outcome.confirmed(Map.of("slot", Value.of("monday")));
    claim(draft);
    settle(draft, confirmed);
    var settled = find(draft);
    assertEquals(ClaimState.CONFIRMED, settled.state());
    assertEquals(Optional.of(confirmed), settled.outcome());
    assertTrue(settled.settledAt().isPresent());
    settle(draft, new Outcome.Failed("slot-taken"));
    assertEquals(settled, find(draft));
    assertEquals(List.of(), ports.claims().open(s.id("a")));
  }

  @Test
  void givenAnUnknownOutcomeThenTheClaimIsOpenUntilItIsKnown() {
    var draft = s.draft("a", 9, 5);
    claim(draft);
    settle(draft, new Outcome.Unknown("timeout"));
    assertEquals(List.of(find(draft)), ports.claims().open(s.id("a")));
    assertEquals(ClaimState.UNKNOWN, find(draft).state());
    settle(draft, new Outcome.Failed("never-done"));
    assertEquals(ClaimState.FAILED, find(draft).state());
  }

  @Test
  void givenSeveralSettlementsOfOneClaimInABatchThenTheyCountInTheirOrder() {
    var draft = s.draft("a", 9, 5);
    claim(draft, s.draft("b", 10, 7));
    long first = find(draft).n();
    long second = find(s.draft("b", 10, 7)).n();
    ports
        .claims()
        .settle(
            List.of(
                new Settlement(s.tenant(), first, new Outcome.Unknown("timeout")),
                new Settlement(s.tenant(), second, new Outcome.Failed("no")),
                new Settlement(s.tenant(), first, Outcome.confirmed()),
                new Settlement(s.tenant(), first, new Outcome.Failed("late")),
                new Settlement(s.tenant(), Long.MAX_VALUE, Outcome.confirmed())));
    assertEquals(Optional.of(Outcome.confirmed()), find(draft).outcome());
    assertEquals(ClaimState.FAILED, find(s.draft("b", 10, 7)).state());
  }

  @Test
  void givenAttemptsThenTheyAreCountedForTheBuyerOnceEach() {
    var attempt = s.draft("a", 9, 5).countedAsAttempt();
    claim(attempt, attempt, s.draft("a", 10, 5));
    claim(attempt, s.draft("b", 11, 7).subject("buyer-a").countedAsAttempt());
    claim(s.draft("a", 12, 1).countedAsAttempt());
    ports.refresh().run();
    assertEquals(2, ports.standings().of(s.tenant(), "buyer-a").attempts());
    assertEquals(0, ports.standings().of(s.tenant(), "buyer-b").attempts());
  }

  @Test
  void givenACapThenNoAttemptIsClaimedBeyondItOverAllConversationsOfTheBuyer() {
    var first = s.draft("a", 9, 5).attemptsMax(2);
    var second = s.draft("b", 10, 7).subject("buyer-a").attemptsMax(2);
    var third = s.draft("b", 11, 7).subject("buyer-a").attemptsMax(2);
    var ofAnother = s.draft("b", 12, 7).attemptsMax(2);
    var answers = claim(first, second, third, ofAnother);
    assertGranted(answers.get(0));
    assertGranted(answers.get(1));
    assertRefused(Reason.CAPPED, answers.get(2));
    assertGranted(answers.get(3));
    assertRefused(Reason.CAPPED, claim(s.draft("a", 13, 5).attemptsMax(2)).getFirst());
    assertGranted(claim(s.draft("a", 14, 5)).getFirst());
    assertGranted(claim(s.draft("a", 15, 5).attemptsMax(3)).getFirst());
  }

  @Test
  void givenClaimsThenPagesShowThemLowestFirstWithinTheirTenant() {
    var other = Setting.in(ports);
    other.at("a", 5);
    ports.claims().claim(List.of(other.draft("a", 1, 5).request()));
    claim(s.draft("a", 9, 5), s.draft("b", 10, 7), s.draft("a", 11, 5));
    var all = ports.claims().page(s.tenant(), 0, Optional.empty(), 100);
    assertEquals(
        List.of("k9", "k10", "k11"),
        all.stream().map(claim -> claim.key().substring(claim.key().indexOf(':') + 1)).toList());
    assertEquals(
        all.subList(1, 3), ports.claims().page(s.tenant(), all.get(0).n(), Optional.empty(), 9));
    assertEquals(all.subList(0, 2), ports.claims().page(s.tenant(), 0, Optional.empty(), 2));
    assertEquals(
        List.of(all.get(0), all.get(2)), ports.claims().page(s.tenant(), 0, Optional.of("a"), 9));
    assertEquals(Optional.empty(), ports.claims().find(other.tenant(), all.get(0).permit()));
  }
}
