package baton.simulation.world;

import baton.handoff.Call;
import baton.handoff.Conversation;
import baton.handoff.Lease;
import baton.handoff.State;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Operators;
import baton.runtime.Casting;
import baton.simulation.check.Checker;
import baton.simulation.history.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One world from one seed: two processes, a crowd, and whatever may go wrong, with every checker
/// looking on. Then the faults end, and all that was owed must come to its end.
public final class Trial {
  private static final Instant START = Instant.parse("2026-11-20T18:00:00Z");
  private static final String TENANT = "default";
  private static final int NODES = 2;
  private static final int PAUSE_MAX_MILLIS = 20_000;
  private static final int DOWN_MAX_MILLIS = 30_000;
  private static final int SKEW_MAX_MILLIS = 2_000;

  /// Invariant 16: within this time after faults have healed, everything has come to its end.
  private static final Duration HEALED_WITHIN = Duration.ofHours(2);

  private record OneOperator() implements Operators {
    @Override
    public void available(String tenant, String operator, boolean available, Instant at) {}

    @Override
    public int count(String tenant) {
      return 1;
    }
  }

  private final Agenda agenda = new Agenda(START);
  private final Dice dice;
  private final Storm storm;
  private final Cluster cluster;
  private final Crowd crowd;
  private final Checker checker;
  private boolean over;

  /// @param policies of one campaign, of which one is active at a time
  public Trial(long seed, List<PolicyDocument> policies, Checker checker) {
    this(seed, policies, checker, Fences.ALL);
  }

  Trial(long seed, List<PolicyDocument> policies, Checker checker, Fences fences) {
    this(seed, policies, checker, fences, improvised(seed), (id, subject, policy) -> null);
  }

  private static Casting improvised(long seed) {
    var improviser = new Improviser(new Dice(seed ^ 0x9E3779B97F4A7C15L), seed % 4 == 2);
    return (policy, role) -> Optional.of(improviser);
  }

  /// @param casting who fills the roles
  /// @param desks where they read and write
  Trial(
      long seed,
      List<PolicyDocument> policies,
      Checker checker,
      Fences fences,
      Casting casting,
      Desks desks) {
    this.checker = checker;
    dice = new Dice(seed);
    storm = new Storm(new Dice(seed ^ 0x5DEECE66DL));
    Consumer<Occurrence> watch = checker::see;
    cluster =
        new Cluster(
            agenda,
            Disk.Form.OBJECTS,
            storm,
            List.of(skew(), skew()),
            new Cluster.Equipment(
                new Outside(agenda, storm, watch),
                new OneOperator(),
                casting,
                desks,
                _ -> {},
                watch),
            fences);
    crowd = new Crowd(new Dice(seed + 1), agenda, cluster, policies, watch);
    cluster.disk().policies().activate(TENANT, policies.getFirst(), "ann");
  }

  private Duration skew() {
    return dice.chance(70) ? Duration.ZERO : Duration.ofMillis(dice.below(SKEW_MAX_MILLIS));
  }

  /// @param stepsMin how many commands are decided before the faults end
  /// @return how many were decided in all
  /// @throws baton.simulation.check.Violation where a property does not hold
  public long run(long stepsMin) {
    someone();
    if (dice.chance(80)) trouble();
    var horizon = START.plus(Duration.ofDays(365));
    while (cluster.steps() < stepsMin) {
      if (!agenda.next()) agenda.forward(horizon);
    }
    heal();
    return cluster.steps();
  }

  private void someone() {
    if (over) return;
    crowd.act();
    agenda.in(1 + dice.below(dice.chance(90) ? 2_000 : PAUSE_MAX_MILLIS), this::someone);
  }

  /// Now and then a process goes down, and comes back.
  private void trouble() {
    agenda.in(
        1 + dice.below(PAUSE_MAX_MILLIS * 4),
        () -> {
          if (over) return;
          int node = dice.below(NODES);
          if (cluster.isUp(node)) {
            cluster.crash(node);
            agenda.in(1 + dice.below(DOWN_MAX_MILLIS), () -> cluster.start(node));
          }
          trouble();
        });
  }

  private void heal() {
    over = true;
    storm.end();
    crowd.calm();
    cluster.pass(Duration.ofSeconds(60));
    cluster.wakeAll();
    cluster.pass(HEALED_WITHIN.dividedBy(2));
    crowd.attestAll();
    cluster.pass(HEALED_WITHIN.dividedBy(2));
    for (var id : crowd.all()) nothingIsOwed(cluster.state(id));
    checker.end();
  }

  /// Invariant 16: every hand-off has ended in a holder or a safe state, and nothing is owed but a
  /// later moment.
  private static void nothingIsOwed(State state) {
    boolean passing = state instanceof State.Live live && live.lease() instanceof Lease.Passing;
    var owed =
        Conversation.outbox(state).stream().filter(call -> !(call instanceof Call.WakeAt)).toList();
    if (passing || !owed.isEmpty()) {
      throw new AssertionError("16: " + state.id() + " still owes " + owed);
    }
  }
}
