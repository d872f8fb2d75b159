package baton.simulation.explore;

import baton.handoff.Command;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.action.Action;
import baton.handoff.port.Claims.Reason;
import java.time.Instant;

/// Uses permits up as the dispatcher does, each durable act and each outside call a step of its
/// own: claims, calls, looks up, reports. Claims are judged as the claims table judges them.
final class Effects {
  static final Outcome NEVER_DONE = new Outcome.Failed(Outcome.Failed.NEVER_DONE);
  static final Outcome NO_ANSWER = new Outcome.Unknown("time-out");

  final Table table = new Table();
  final Numbered<Work> works;
  private final Shell shell;
  private final Laws laws;

  Effects(Numbered<Work> works, Shell shell, Laws laws) {
    this.works = works;
    this.shell = shell;
    this.laws = laws;
  }

  void go(World world, int node, Work work, Moves moves) {
    switch (work) {
      case Work.Perform perform -> shell.perform(this, world, node, perform, moves);
      case Work.Act act -> act(world, node, act, moves);
      case Work.Late(var permit, var action, var claim) ->
          called(world, node, work, permit, action, claim, Node.NOTHING, "does it late:", moves);
      case Work.Conclude(var permit, var action) -> {
        int claim = table.own(world, permit);
        if (claim == 0) {
          var never = new Command.Unclaimed(permit.id(), Reason.INTERRUPTED);
          var left = shell.concluded(table, world, permit);
          instead(left, node, work, new Work.Report(never), "finds no claim of", permit, moves);
        } else {
          conclude(world, node, work, permit, action, claim, moves);
        }
      }
      case Work.Inquire(var permit, var action, var claim) -> {
        var asked = lookUp(world, permit, claim);
        var next = reported(permit, claim, outcome(asked, permit, action, claim));
        instead(asked, node, work, next, "asks the tool about", permit, moves);
      }
      case Work.LookUp(var permit, var action) -> lookUp(world, node, work, permit, action, moves);
      case Work.Free(var settle) -> {
        int claim = (int) settle.claim();
        var freed =
            table.isOpen(world, claim)
                ? world.settling(claim, table.outcomes.of(NEVER_DONE))
                : world;
        var next = works.of(new Work.Report(settle));
        moves.next(
            node,
            freed.with(node, freed.node(node).without(works.of(work)).doing(next)),
            () -> "settles claim " + claim + " as never done");
      }
      case Work.Odd odd -> odd.go(this, world, node, moves);
      case Work.Think _, Work.Consider _, Work.Report _ ->
          throw new IllegalStateException("not an effect: " + work);
    }
  }

  // --- the claim

  /// Claims the permit if what was read lets it, and what is durable now does not know it.
  ///
  /// @param work the work that is done with this
  void claim(World world, int node, Work work, Work.Perform perform, Table.Read read, Moves moves) {
    var permit = perform.permit();
    int known = table.known(world, permit);
    if (known != 0) {
      conclude(world, node, work, permit, perform.action(), known, moves);
      return;
    }
    var reason = table.refusal(world, permit, read);
    if (reason != null) {
      var report = new Work.Report(new Command.Unclaimed(permit.id(), reason));
      instead(world, node, work, report, "is refused (" + reason + ") the claim of", permit, moves);
      return;
    }
    String broken = laws.claimed(table, world, perform);
    var claimed = world.claiming(table.permits.of(permit));
    int claim = claimed.claims().length / 2;
    var next =
        perform.action() instanceof Action.Outside
            ? new Work.Act(permit, perform.action(), claim)
            : reported(permit, claim, Outcome.confirmed());
    var after = claimed.node(node).without(works.of(work)).doing(works.of(next));
    moves.next(
        node,
        claimed.with(node, after),
        () -> "claims " + named(permit) + ": claim " + claim + " is durable",
        broken);
  }

  // --- the outside world

  private void act(World world, int node, Work.Act act, Moves moves) {
    var permit = act.permit();
    called(world, node, act, permit, act.action(), act.claim(), null, "does", moves);
    if (world.left().silences() == 0) return;
    var unknown = works.of(reported(permit, act.claim(), NO_ANSWER));
    var late = works.of(new Work.Late(permit, act.action(), act.claim()));
    var waiting = world.node(node).without(works.of(act)).doing(unknown, late);
    moves.next(
        node,
        world.with(world.left().afterSilence()).with(node, waiting),
        () -> "hears nothing from the tool in time about " + named(permit));
  }

  /// @param then what follows, or null for the report of the outcome
  private void called(
      World world,
      int node,
      Work work,
      Permit permit,
      Action action,
      int claim,
      int[] then,
      String deed,
      Moves moves) {
    int at = table.effect(world, permit);
    boolean stands = at >= 0 && Table.stands(world, at, claim);
    String broken = stands ? "" : laws.done(table, world, permit, action, claim);
    var done = stands ? world : world.doing(table.kept(world, at, permit, claim, 1));
    var next =
        then == null
            ? new int[] {works.of(reported(permit, claim, outcome(done, permit, action, claim)))}
            : then;
    moves.next(
        node,
        done.with(node, done.node(node).without(works.of(work)).doing(next)),
        () -> stands ? "calls the tool again for " + named(permit) : deed + " " + named(permit),
        broken);
  }

  /// A look-up is a call that does nothing, and is remembered as that.
  private World lookUp(World world, Permit permit, int claim) {
    int at = table.effect(world, permit);
    boolean stands = at >= 0 && Table.stands(world, at, claim);
    return stands || !shell.lookUpFences()
        ? world
        : world.doing(table.kept(world, at, permit, claim, 0));
  }

  private Outcome outcome(World world, Permit permit, Action action, int claim) {
    if (!(action instanceof Action.Outside)) return Outcome.confirmed();
    int at = table.effect(world, permit);
    boolean done = at >= 0 && Table.stands(world, at, claim) && world.effects()[at + 2] == 1;
    return done ? Menu.done(action) : NEVER_DONE;
  }

  // --- what became of it

  private void conclude(
      World world, int node, Work work, Permit permit, Action action, int claim, Moves moves) {
    var known = table.settled(world, claim);
    Work next =
        known != null
            ? reported(permit, claim, known)
            : action instanceof Action.Outside
                ? new Work.Inquire(permit, action, claim)
                : reported(permit, claim, Outcome.confirmed());
    instead(world, node, work, next, "finds claim " + claim + " of", permit, moves);
  }

  private void lookUp(World world, int node, Work work, Permit permit, Action action, Moves moves) {
    int claim = table.claimOf(world, permit);
    if (claim == 0) return;
    boolean attested = !table.isOpen(world, claim);
    var asked = attested ? world : lookUp(world, permit, claim);
    var outcome = attested ? table.settled(world, claim) : outcome(asked, permit, action, claim);
    var next = new Work.Report(settle(permit, claim, outcome));
    instead(asked, node, work, next, "looks up", permit, moves);
  }

  private static Work reported(Permit permit, int claim, Outcome outcome) {
    var settle = settle(permit, claim, outcome);
    return outcome.equals(NEVER_DONE) ? new Work.Free(settle) : new Work.Report(settle);
  }

  private static Command.Settle settle(Permit permit, int claim, Outcome outcome) {
    return new Command.Settle(permit.id(), claim, permit.digest(), claimedAt(claim), outcome);
  }

  /// The clock stands still, but claims follow each other.
  private static Instant claimedAt(int claim) {
    return Menu.START.plusMillis(claim);
  }

  void instead(
      World world, int node, Work work, Work next, String deed, Permit permit, Moves moves) {
    var after = world.node(node).without(works.of(work)).doing(works.of(next));
    moves.next(node, world.with(node, after), () -> deed + " " + named(permit));
  }

  static String named(Permit permit) {
    return permit.kind() + " (permit " + permit.seq() + ")";
  }
}
