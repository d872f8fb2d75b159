package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.port.Claims;
import baton.handoff.port.Claims.Answer;
import baton.handoff.port.Claims.Request;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/// Stop means stop: once it has returned, no claim commits any more. Judged by the rows that the
/// database shows right after, and those it shows in the end.
@ExtendWith(TestDatabase.class)
final class PgRaceTest {
  private static final int ROUNDS = 250;
  private static final int CLAIMANTS = 3;
  private static final int BATCH = 8;

  private final Database database;
  private final LocalServer server;
  private final Ports ports;
  private final ExecutorService threads = Executors.newFixedThreadPool(CLAIMANTS);
  private final AtomicLong seq = new AtomicLong();

  PgRaceTest(Database database, LocalServer server, Ports ports) {
    this.database = database;
    this.server = server;
    this.ports = ports;
  }

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void givenClaimsInFlightWhenAnyScopeIsPausedThenNoneCommitsAfterItReturned() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      assertEquals(
          0, pauseRound(ports.claims(), Scope.Level.values()[round % 5]), "round " + round);
    }
  }

  @Test
  void givenClaimsInFlightWhenAuthorityMovesThenNoneCommitsAfterItReturned() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      assertEquals(0, authorityRound(ports.claims()), "round " + round);
    }
  }

  @Test
  void givenClaimsInFlightWhenTheBuyerOptsOutElsewhereThenNoneCommitsAfterItReturned()
      throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      assertEquals(0, optOutRound(ports.claims(), round % 2 == 0), "round " + round);
    }
  }

  @Test
  void givenClaimsInFlightWhenAnotherPolicyIsActivatedThenNoneCommitsAfterItReturned()
      throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      assertEquals(0, activationRound(ports.claims()), "round " + round);
    }
  }

  @Test
  void givenManyClaimantsThenABuyersCapIsMetAndNeverPassed() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      assertEquals(0, capRound(ports.claims()), "round " + round);
    }
  }

  @Test
  void givenAClaimOnItsWayWhenItsPermitIsGivenUpThenItIsNotClaimedAfterwards() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      assertEquals(0, concludeRound(ports.claims()), "round " + round);
    }
  }

  /// The proof of the proof: the same races are lost by the same claim without its locks.
  @Test
  void givenClaimsWithoutLocksThenTheRacesAreLost() throws Exception {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          create schema unlocked;
          create function unlocked.lock_scopes(bigint[], boolean[]) returns void
            language sql as '';
          """);
    }
    var unlocked = new PgClaims(unlockedSource(), Outcomes::write, Outcomes::read);
    assertLost("a pause", () -> pauseRound(unlocked, Scope.Level.CAMPAIGN));
    assertLost("a take-over", () -> authorityRound(unlocked));
    assertLost("an opt-out", () -> optOutRound(unlocked, false));
    assertLost("an activation", () -> activationRound(unlocked));
    assertLost("a cap", () -> capRound(unlocked));
    assertLost("a permit given up", () -> concludeRound(unlocked));
    assertLost("a page", () -> missed(unlocked));
  }

  private static void assertLost(String what, Callable<Integer> race) throws Exception {
    int lost = 0;
    for (int round = 0; round < ROUNDS && lost == 0; round++) lost = race.call();
    assertTrue(lost > 0, "nothing got past " + what + ": its test proves nothing");
  }

  private PGSimpleDataSource unlockedSource() {
    var source = new PGSimpleDataSource();
    source.setUrl(server.jdbcUrl());
    source.setUser(server.user());
    source.setPassword(server.password());
    source.setCurrentSchema("unlocked,public");
    return source;
  }

  private int authorityRound(Claims claims) throws Exception {
    var s = Setting.in(ports).at("a", 1);
    return late(claims, s, false, () -> s.advance("a", 2, false));
  }

  private int optOutRound(Claims claims, boolean attempts) throws Exception {
    var s = Setting.in(ports).at("a", 1);
    var optOut = new Claims.Authority(s.id("b"), "buyer-a", 1, true);
    return late(claims, s, attempts, () -> ports.claims().advance(List.of(optOut)));
  }

  /// @return how many permits were claimed though they had been found unclaimed
  private int concludeRound(Claims claims) throws Exception {
    var s = Setting.in(ports).at("a", 1);
    var requests = new ArrayList<Claims.Request>();
    for (int i = 0; i < 20; i++) requests.add(s.draft("a", seq.incrementAndGet(), 1).request());
    var claimed = threads.submit(() -> claims.claim(requests));
    var givenUp = new ArrayList<Integer>();
    for (int i = 0; i < requests.size(); i++) {
      var permit = requests.get(i).permit().id();
      if (ports.claims().conclude(s.id("a"), permit).isEmpty()) givenUp.add(i);
    }
    var answers = claimed.get();
    settleAll(s);
    return (int) givenUp.stream().filter(i -> answers.get(i) instanceof Answer.Granted).count();
  }

  /// One buyer in two campaigns at once, in batches of either order.
  ///
  /// @return how many attempts were claimed beyond the cap
  private int capRound(Claims claims) throws Exception {
    var s = Setting.in(ports).at("a", 1).at("b", 1);
    s.activate("d", "p1");
    int most = 7;
    List<Future<?>> claimants = new ArrayList<>();
    for (int i = 0; i < CLAIMANTS; i++) {
      boolean turned = i % 2 == 1;
      claimants.add(
          threads.submit(() -> {
            List<Answer> answers;
            do {
              var one = s.draft("a", seq.incrementAndGet(), 1).attemptsMax(most).request();
              var other =
                  s.draft("b", seq.incrementAndGet(), 1)
                      .campaign("d")
                      .subject("buyer-a")
                      .attemptsMax(most)
                      .request();
              answers = claims.claim(turned ? List.of(other, one) : List.of(one, other));
            } while (!(answers.getLast() instanceof Answer.Refused));
            return null;
          }));
    }
    for (var claimant : claimants) claimant.get();
    int beyond = rows(s) - most;
    settleAll(s);
    return beyond;
  }

  private int activationRound(Claims claims) throws Exception {
    var s = Setting.in(ports).at("a", 1);
    return late(claims, s, false, () -> s.activate("c", "p2"));
  }

  private int pauseRound(Claims claims, Scope.Level level) throws Exception {
    var s = Setting.in(ports).at("a", 1);
    var scope =
        new Scope(
            level,
            switch (level) {
              case ENGINE -> "";
              case TENANT -> s.tenant();
              case CAMPAIGN -> "c";
              case ROLE -> "booking";
              case CONVERSATION -> "a";
            });
    var listed = new AtomicLong();
    try {
      int late =
          late(
              claims,
              s,
              false,
              () ->
                  listed.set(
                      ports
                          .controls()
                          .set(s.tenant(), scope, Mode.PAUSED, "race", "olga")
                          .inFlight()
                          .stream()
                          .filter(claim -> claim.conversation().tenant().equals(s.tenant()))
                          .count()));
      // Nothing was settled, so the answer must have held all that there ever was.
      return Math.max(late, rows(s) - (int) listed.get());
    } finally {
      ports.controls().set(s.tenant(), scope, Mode.RUNNING, "race", "olga");
    }
  }

  /// Claims until it is refused, on several threads, and stops them in the midst of it.
  ///
  /// @return how many claims came after `stop` had returned
  private int late(Claims claims, Setting s, boolean attempts, Runnable stop) throws Exception {
    var underWay = new CountDownLatch(CLAIMANTS);
    var stopped = new AtomicBoolean();
    List<Future<?>> claimants = new ArrayList<>();
    for (int i = 0; i < CLAIMANTS; i++) {
      claimants.add(threads.submit(claimant(claims, s, attempts, underWay, stopped)));
    }
    underWay.await();
    stop.run();
    int then = rows(s);
    stopped.set(true);
    for (var claimant : claimants) claimant.get();
    int late = rows(s) - then;
    settleAll(s);
    return late;
  }

  /// What is in flight in one round must not make the pauses of the next ones slow.
  private void settleAll(Setting s) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement =
            connection.prepareStatement(
                """
                update claim set state = 'FAILED', outcome = 'failed:over', settled_at = now()
                where tenant = ?
                """)) {
      statement.setString(1, s.tenant());
      statement.executeUpdate();
    }
  }

  /// Goes on until it is refused, and tries once more after the stop has returned.
  private Callable<Void> claimant(
      Claims claims, Setting s, boolean attempts, CountDownLatch underWay, AtomicBoolean stopped) {
    return () -> {
      boolean last;
      boolean refused;
      do {
        last = stopped.get();
        var answers = claims.claim(batch(s, attempts));
        underWay.countDown();
        refused = answers.stream().anyMatch(Answer.Refused.class::isInstance);
      } while (!last && !refused);
      return null;
    };
  }

  private List<Request> batch(Setting s, boolean attempts) {
    return LongStream.range(0, BATCH)
        .mapToObj(_ -> s.draft("a", seq.incrementAndGet(), 1))
        .map(draft -> attempts ? draft.countedAsAttempt() : draft)
        .map(Setting.Draft::request)
        .toList();
  }

  private int rows(Setting s) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement =
            connection.prepareStatement("select count(*) from claim where tenant = ?")) {
      statement.setString(1, s.tenant());
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /// Whoever reads on from the last number he saw misses nothing.
  @Test
  void givenConcurrentCommitsWhenPagesAreReadThenNoNumberAppearsBelowOneAlreadyShown()
      throws Exception {
    assertEquals(0, missed(ports.claims()));
  }

  /// @return how many claims a reader missed who read on from the last number he saw
  private int missed(Claims claims) throws Exception {
    var s = Setting.in(ports).at("a", 1);
    var done = new CountDownLatch(CLAIMANTS);
    List<Future<?>> claimants = new ArrayList<>();
    for (int i = 0; i < CLAIMANTS; i++) {
      claimants.add(
          threads.submit(() -> {
            for (int n = 0; n < 150; n++) claims.claim(batch(s, false));
            done.countDown();
            return null;
          }));
    }
    int seen = 0;
    long after = 0;
    boolean more;
    do {
      boolean complete = done.getCount() == 0;
      var page = ports.claims().page(s.tenant(), after, Optional.empty(), 500);
      if (!page.isEmpty()) after = page.getLast().n();
      seen += page.size();
      more = !complete || !page.isEmpty();
    } while (more);
    for (var claimant : claimants) claimant.get();
    assertEquals(CLAIMANTS * 150 * BATCH, rows(s));
    return rows(s) - seen;
  }
}
