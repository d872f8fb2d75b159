package baton.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.fact.Value;
import baton.handoff.port.Claims;
import baton.handoff.port.Claims.ClaimState;
import baton.handoff.port.Tool;
import baton.persistence.memory.MemoryClaims;
import baton.persistence.memory.MemoryPolicies;
import baton.persistence.memory.MemoryStore;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.engine.Wait;
import baton.runtime.observe.Metrics;
import baton.runtime.observe.Traces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Between a permit and its outcome: what a crash, a late commit, a slow tool or an outage leaves
/// is found out, never assumed and never done twice.
class DispatcherTest {
  private static final ConversationId ID = new ConversationId("default", "c1");
  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
  private static final Action QUOTE = new Action.Quote("team", 12);
  private static final Outcome DONE = Outcome.confirmed(Map.of("quote", Value.of("q1")));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LinkedBlockingQueue<Command> reports = new LinkedBlockingQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile Outcome remembered = new Outcome.Failed(Outcome.Failed.NEVER_DONE);
  private volatile boolean fenced;
  private volatile boolean halted;
  private volatile CountDownLatch slow = new CountDownLatch(0);
  private String policy;
  private Claims claims;
  private ClaimBatcher batcher;
  private Dispatcher dispatcher;

  private final Tool tool =
      new Tool() {
        @Override
        public Set<String> kinds() {
          return Set.of("quote");
        }

        @Override
        public String schema(String kind) {
          return "{\"type\":\"object\"}";
        }

        @Override
        public boolean undoable(String kind) {
          return false;
        }

        @Override
        public Outcome call(Effect effect) {
          calls.incrementAndGet();
          if (fenced) return new Outcome.Failed(Outcome.Failed.NEVER_DONE);
          await(slow);
          remembered = DONE;
          return DONE;
        }

        @Override
        public Outcome lookUp(Effect effect) {
          return remembered;
        }
      };

  @BeforeEach
  void start() {
    var store = new MemoryStore(InstantSource.fixed(NOW));
    var document = PolicyCompiler.sample("inbound-trial").orThrow();
    new MemoryPolicies(store).activate("default", document, "ann");
    policy = document.policy().hash();
    claims = new MemoryClaims(store);
    claims.advance(List.of(new Claims.Authority(ID, "s1", 4, false)));
    use(claims);
  }

  private void use(Claims used) {
    if (batcher != null) batcher.close();
    batcher = new ClaimBatcher(used, () -> halted, new Metrics(System::nanoTime), Traces.off());
    batcher.start();
    dispatcher =
        new Dispatcher(
            batcher,
            used,
            tool,
            Canonical::json,
            threads,
            Duration.ofMillis(100),
            Dispatcher.Later.on(threads));
  }

  @AfterEach
  void stop() {
    slow.countDown();
    batcher.close();
    threads.shutdownNow();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /// Permits of one proposal share its key.
  private Permit permit(long seq) {
    String digest = Canonical.digest(QUOTE);
    return new Permit(
        ID.numbered(seq),
        seq,
        7,
        "quote",
        digest,
        ID.numbered(7) + "." + digest.substring(0, 16),
        Role.CLOSING,
        3,
        4,
        policy,
        false,
        Optional.empty(),
        NOW.plusSeconds(30));
  }

  private Dispatcher.Work work(Permit permit) {
    return new Dispatcher.Work(ID, "inbound-trial", "s1", permit, QUOTE, Map.of(), reports::add);
  }

  private static Claims.Request request(Permit permit) {
    return new Claims.Request(ID, "inbound-trial", "s1", permit, Canonical.json(QUOTE));
  }

  private long claimed(Permit permit) {
    var answer = claims.claim(List.of(request(permit))).getFirst();
    return assertInstanceOf(Claims.Answer.Granted.class, answer).n();
  }

  private <C extends Command> C report(Class<C> type) {
    try {
      var report = reports.poll(20, TimeUnit.SECONDS);
      assertNotNull(report, "nothing was reported");
      return assertInstanceOf(type, report);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private ClaimState state(Permit permit) {
    return claims.find("default", permit.id()).orElseThrow().state();
  }

  @Test
  void givenAPermit_whenPerformed_thenItIsClaimedBeforeTheToolIsCalled() {
    dispatcher.perform(work(permit(9)));
    var settled = report(Command.Settle.class);
    assertEquals(DONE, settled.outcome());
    assertEquals(1, calls.get());
    assertEquals(settled.claim(), claims.find("default", permit(9).id()).orElseThrow().n());
  }

  @Test
  void givenThatTheNodeIsHalted_thenNothingIsClaimed_andItIsOnceItGoesOn() {
    halted = true;
    assertThrows(CompletionException.class, () -> batcher.claim(request(permit(9))).join());
    assertEquals(Optional.empty(), claims.find("default", permit(9).id()));
    dispatcher.perform(work(permit(9)));
    halted = false;
    assertEquals(DONE, report(Command.Settle.class).outcome());
    assertEquals(1, calls.get());
  }

  @Test
  void givenAPermitThatWasNeverClaimed_whenConcluded_thenNothingIsDone() {
    dispatcher.conclude(work(permit(9)));
    assertEquals(Claims.Reason.INTERRUPTED, report(Command.Unclaimed.class).reason());
    assertEquals(0, calls.get());
  }

  @Test
  void givenAClaimThatWasNeverCarriedOut_whenItIsReported_thenItsKeyIsFreeAlready() {
    claimed(permit(9));
    dispatcher.conclude(work(permit(9)));
    var settled = report(Command.Settle.class);
    assertEquals(new Outcome.Failed(Outcome.Failed.NEVER_DONE), settled.outcome());
    assertEquals(ClaimState.FAILED, state(permit(9)));

    dispatcher.perform(work(permit(11)));
    var again = report(Command.Settle.class);
    assertEquals(DONE, again.outcome());
    assertTrue(again.claim() > settled.claim());
    assertEquals(1, calls.get());
  }

  @Test
  void givenACallThatComesAfterItsFence_whenItIsReported_thenItsKeyIsFreeAlready() {
    fenced = true;
    dispatcher.perform(work(permit(9)));
    var settled = report(Command.Settle.class);
    assertEquals(new Outcome.Failed(Outcome.Failed.NEVER_DONE), settled.outcome());
    assertEquals(ClaimState.FAILED, state(permit(9)));
  }

  @Test
  void givenAClaimThatWasCarriedOut_whenConcluded_thenTheToolIsAskedAndNotCalled() {
    long n = claimed(permit(9));
    remembered = DONE;
    dispatcher.conclude(work(permit(9)));
    var settled = report(Command.Settle.class);
    assertEquals(DONE, settled.outcome());
    assertEquals(n, settled.claim());
    assertEquals(0, calls.get());
  }

  @Test
  void givenAnEarlierPermitsClaimThatWasCommittedLate_whenTheNextIsPerformed_thenThatClaimCounts() {
    long n = claimed(permit(9));
    remembered = DONE;
    dispatcher.perform(work(permit(11)));
    var settled = report(Command.Settle.class);
    assertEquals(permit(11).id(), settled.permit());
    assertEquals(n, settled.claim());
    assertEquals(0, calls.get());
  }

  @Test
  void givenAnUnknownOutcomeUnderAnEarlierPermit_whenItIsLookedUp_thenItIsLearnt() {
    long n = claimed(permit(9));
    remembered = new Outcome.Unknown("error");
    dispatcher.perform(work(permit(11)));
    assertInstanceOf(Outcome.Unknown.class, report(Command.Settle.class).outcome());
    remembered = DONE;
    dispatcher.lookUp(work(permit(11)));
    var settled = report(Command.Settle.class);
    assertEquals(DONE, settled.outcome());
    assertEquals(n, settled.claim());
  }

  @Test
  void givenAToolThatDoesNotAnswerInTime_thenItsOutcomeIsUnknownUntilItIsLookedUp() {
    slow = new CountDownLatch(1);
    dispatcher.perform(work(permit(9)));
    assertEquals(new Outcome.Unknown("time-out"), report(Command.Settle.class).outcome());
    slow.countDown();
    dispatcher.lookUp(work(permit(9)));
    assertEquals(DONE, report(Command.Settle.class).outcome());
    assertEquals(1, calls.get());
  }

  @Test
  void givenADatabaseThatDoesNotAnswer_whenItComesBack_thenTheEffectTakesPlaceOnce() {
    var outages = new AtomicInteger(2);
    use(new Failing(claims, outages));
    dispatcher.perform(work(permit(9)));
    assertEquals(DONE, report(Command.Settle.class).outcome());
    assertEquals(0, outages.get());
    assertEquals(1, calls.get());
  }

  /// A person is asked only for what the claims show as unknown.
  @Test
  void givenThatNobodyKnowsStandsInTheJournalAlone_whenStartedAgain_thenTheClaimShowsIt() {
    long n = claimed(permit(9));
    var unknown = new Outcome.Unknown("time-out");
    dispatcher.reconcile(ID, Set.of(), () -> Map.of(n, settled(n, unknown)));
    Wait.until(
        Duration.ofSeconds(20), "it is unknown", () -> state(permit(9)) == ClaimState.UNKNOWN);

    dispatcher.reconcile(ID, Set.of(), () -> Map.of(n, settled(n, DONE)));
    Wait.until(
        Duration.ofSeconds(20), "it is known", () -> state(permit(9)) == ClaimState.CONFIRMED);
  }

  private Event.Settled settled(long claim, Outcome outcome) {
    var permit = permit(9);
    return new Event.Settled(permit.id(), permit.proposal(), claim, permit.digest(), NOW, outcome);
  }

  /// Claims that are away for a while.
  private record Failing(Claims claims, AtomicInteger outages) implements Claims {
    @Override
    public List<Answer> claim(List<Request> batch) {
      if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("away");
      }
      return claims.claim(batch);
    }

    @Override
    public void settle(List<Settlement> batch) {
      claims.settle(batch);
    }

    @Override
    public void advance(List<Authority> rows) {
      claims.advance(rows);
    }

    @Override
    public Optional<Claim> find(String tenant, String permit) {
      return claims.find(tenant, permit);
    }

    @Override
    public Optional<Claim> conclude(ConversationId conversation, String permit) {
      return claims.conclude(conversation, permit);
    }

    @Override
    public List<Claim> open(ConversationId conversation) {
      return claims.open(conversation);
    }

    @Override
    public List<Claim> page(String tenant, long after, Optional<String> conversation, int limit) {
      return claims.page(tenant, after, conversation, limit);
    }
  }
}
