package baton.bench;

import baton.bench.load.Ground;
import baton.bench.load.Machine;
import baton.bench.load.Plan;
import baton.bench.load.Workloads;
import baton.bench.load.Yardstick;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import baton.handoff.Role;
import baton.handoff.port.Controls;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Pauses a campaign again and again while permits are being used up in it: how long until each has
/// returned, and which claims committed afterwards. What decides are the rows in the database.
///
/// They are in a tenant of their own, whose claims are deleted in the end.
final class Pauses {
  private static final int CLAIMS_PER_SECOND = 5_000;
  private static final Duration PAUSED = Duration.ofMillis(25);
  private static final Duration RUNNING = Duration.ofMillis(175);
  private static final Scope CAMPAIGN = new Scope(Scope.Level.CAMPAIGN, Workloads.CAMPAIGN);

  private static final String ROWS = "select count(*) from claim where tenant = ? and n > ?";

  /// One pause.
  ///
  /// @param late claims that committed while it held
  private record Round(long nanos, long late) {}

  private final Controls controls;
  private final Connection connection;

  private Pauses(Controls controls, Connection connection) {
    this.controls = controls;
    this.connection = connection;
  }

  static void run(Plan plan, Consumer<Result> results) throws Exception {
    try (var ground = Ground.open(plan);
        var node = ground.engine();
        var connection = ground.storage().database().source().getConnection()) {
      var ports = node.ports();
      var yardstick = Yardstick.of(plan, "pause", ground.storage(), 1);
      var hash = Workloads.activate(ports.policies(), Claimant.TENANT);
      var pauses = new Pauses(ports.controls(), connection);
      pauses.set(Mode.RUNNING);
      var claimant = new Claimant(ports.claims(), hash, CLAIMS_PER_SECOND);
      var thread = Thread.ofPlatform().start(claimant);
      try {
        pauses.rounds(plan, plan.warmUp(), "pause: warming up");
        var watch = Machine.watch(ground.postmaster());
        long before = claimant.granted();
        long began = System.nanoTime();
        var rounds = pauses.rounds(plan, plan.measure(), "pause: measuring");
        double seconds = (System.nanoTime() - began) / 1e9;
        double running = seconds * RUNNING.toMillis() / (RUNNING.plus(PAUSED).toMillis());
        claimant.check();
        results.accept(
            result(yardstick, rounds, (claimant.granted() - before) / running).on(watch.get()));
      } finally {
        claimant.stop();
        thread.join();
        pauses.delete();
      }
    }
  }

  private static Result result(Yardstick.Rate yardstick, List<Round> rounds, double claims) {
    long late = rounds.stream().mapToLong(Round::late).sum();
    var nanos = rounds.stream().mapToLong(Round::nanos).sorted().toArray();
    return Result.of(
            "pause",
            rounds.size() + " pauses of a campaign under claims",
            List.of(
                Figure.of("returned p50", at(nanos, 50), "ms"),
                Figure.of(Measure.PAUSE, "returned p99", at(nanos, 99)).over(yardstick.ms()),
                Figure.of(Measure.PAUSE_VIOLATIONS, "committed after it", late),
                Figure.of("claims while running", claims, "claims/s")))
        .beside(Steps.row(yardstick))
        .noted("counted in the database's rows, by its own clock")
        .wrong(late == 0 ? List.of() : List.of(late + " claims committed while they must not"));
  }

  private static double at(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }

  private List<Round> rounds(Plan plan, Duration duration, String doing) throws Exception {
    var rounds = new ArrayList<Round>();
    long end = System.nanoTime() + duration.toNanos();
    do {
      rounds.add(round());
      plan.pass(RUNNING, doing + ", " + rounds.size() + " pauses");
    } while (System.nanoTime() < end);
    return rounds;
  }

  private Round round() throws Exception {
    long last = one("select coalesce(max(n), 0) from claim where tenant = ?");
    long began = System.nanoTime();
    var paused = set(Mode.PAUSED);
    long nanos = System.nanoTime() - began;
    long then = one(ROWS, last);
    Thread.sleep(PAUSED);
    long committed = one(ROWS, last) - then;
    long begun = one(ROWS + " and claimed_at > ?", last, Timestamp.from(paused));
    set(Mode.RUNNING);
    return new Round(nanos, Math.max(committed, begun));
  }

  private Instant set(Mode mode) {
    return controls
        .set(Claimant.TENANT, CAMPAIGN, mode, "it is measured", Role.ENGINE.name())
        .row()
        .at();
  }

  private long one(String sql, Object... values) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, Claimant.TENANT);
      for (int i = 0; i < values.length; i++) statement.setObject(i + 2, values[i]);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void delete() throws SQLException {
    for (var table : List.of("claim", "authority", "standing")) {
      try (var statement =
          connection.prepareStatement("delete from " + table + " where tenant = ?")) {
        statement.setString(1, Claimant.TENANT);
        statement.executeUpdate();
      }
    }
  }
}
