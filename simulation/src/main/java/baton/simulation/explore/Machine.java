package baton.simulation.explore;

import baton.handoff.Approval;
import baton.handoff.Command;
import baton.handoff.Lease;
import baton.handoff.State;
import java.util.Arrays;
import java.util.function.Supplier;

/// Every step that is possible in a world: what buyer, agents, people, tools, clock and faults may
/// do next, each as one atomic thing.
final class Machine {
  /// Where a step needs no work of the node's.
  private static final int NO_WORK = -1;

  final Numbered<Work> works = new Numbered<>();
  final Laws laws = new Laws();
  final Effects effects;
  final Decisions decisions;
  private final Shell shell;
  private final Bounds bounds;

  Machine(Shell shell, Bounds bounds) {
    this.shell = shell;
    this.bounds = bounds;
    this.effects = new Effects(works, shell, laws);
    this.decisions = new Decisions(works, shell, laws);
  }

  /// One node has just started on an empty journal; the other has not.
  World blank(World.Left left) {
    var first = new Node(0, 0, 0, 0, null, Node.NOTHING);
    return new World(
        0, 0, 0, 0, 0, 0, 0, left, Node.NOTHING, Node.NOTHING, Node.NOTHING, first, Node.down());
  }

  void moves(World world, Moves moves) {
    for (int node = 0; node < 2; node++) {
      if (world.node(node).isUp()) running(world, node, moves);
      else restart(world, node, moves);
    }
    controls(world, moves);
  }

  private void running(World world, int node, Moves moves) {
    unfinished(world, node, moves);
    var at = world.node(node);
    if (!at.isHeldBack()) {
      agents(world, node, moves);
      fromOutside(world, node, moves);
    }
    if (world.left().crashes() > 0) {
      var less = world.with(world.left().afterCrash());
      moves.next(node, less.with(node, Node.down()), () -> "crashes");
    }
  }

  /// What a node does by itself, with nobody's help.
  void unfinished(World world, int node, Moves moves) {
    var at = world.node(node);
    if (at.row() == 1) writeRow(world, node, moves);
    for (int work : at.works()) {
      switch (works.at(work)) {
        case Work.Think _, Work.Consider _ -> {}
        case Work.Report(var command) -> {
          if (!at.isHeldBack())
            deliver(world, node, work, command, () -> Transcript.named(command), moves);
        }
        case Work effect -> effects.go(world, node, effect, moves);
      }
    }
  }

  private void agents(World world, int node, Moves moves) {
    for (int work : world.node(node).works()) {
      switch (works.at(work)) {
        case Work.Think think -> think(world, node, work, think, moves);
        case Work.Consider(var role, var epoch) -> {
          var accepts = new Command.Reply(role, epoch, true, "");
          deliver(world, node, work, accepts, () -> role + " accepts", moves);
          var refuses = new Command.Reply(role, epoch, false, "busy");
          deliver(world, node, work, refuses, () -> role + " refuses", moves);
        }
        case Work _ -> {}
      }
    }
  }

  private void controls(World world, Moves moves) {
    if (world.journal() == 0) return;
    switch (world.control()) {
      case 0 -> {
        if (bounds.pausesMax() == 0) break;
        moves.next(Moves.OUTSIDE, world.controlled(1), () -> "an operator pauses");
      }
      case 1 -> moves.next(Moves.OUTSIDE, world.controlled(2), () -> "an operator resumes");
      default -> {}
    }
    if (world.policy() < bounds.policiesMax()) {
      moves.next(Moves.OUTSIDE, world.under(1), () -> "the tighter policy is activated");
    }
    if (world.ticks() < bounds.ticksMax()) {
      moves.next(Moves.OUTSIDE, world.later(), () -> "the clock moves past every deadline");
    }
  }

  // --- what a node takes

  private void think(World world, int node, int work, Work.Think think, Moves moves) {
    if (!(decisions.state(world.node(node).seen()) instanceof State.Live live)) {
      moves.next(
          node,
          world.with(node, world.node(node).without(work)),
          () -> think.role() + " is not asked any more");
      return;
    }
    for (var actions : Menu.answers(think.role(), live)) {
      var answer = new Command.Answer(think.role(), think.epoch(), think.ask(), actions);
      deliver(world, node, work, answer, () -> Transcript.named(answer), moves);
    }
  }

  private void fromOutside(World world, int node, Moves moves) {
    int seen = world.node(node).seen();
    if (seen != world.journal()) {
      // Whatever it is told, its append loses: one such step stands for all.
      moves.next(node, overtaken(world, node), () -> "loses an append and folds again");
      return;
    }
    switch (decisions.state(seen)) {
      case State.Blank _ ->
          deliver(world, node, NO_WORK, Menu.OPEN, () -> "the buyer opens a conversation", moves);
      case State.Live live -> {
        deliver(world, node, NO_WORK, new Command.Wake(), () -> "a timer wakes", moves);
        if (live.counted().messages().size() < world.left().messagesMax()) {
          for (int which = 0; which < Menu.said(); which++) {
            var hear = Menu.hear(live, which);
            deliver(world, node, NO_WORK, hear, () -> Transcript.named(hear), moves);
          }
        }
        people(world, node, live, moves);
      }
      case State.Closed _ -> {}
    }
  }

  private void people(World world, int node, State.Live live, Moves moves) {
    if (live.lease() instanceof Lease.WithHuman) {
      var back = new Command.HandBack(Menu.OPERATOR);
      deliver(world, node, NO_WORK, back, () -> "the operator hands back", moves);
    } else if (world.left().takeOvers() > 0) {
      var less = world.with(world.left().afterTakeOver());
      var over = new Command.TakeOver(Menu.OPERATOR);
      deliver(less, node, NO_WORK, over, () -> "an operator takes over", moves);
    }
    for (var approval : live.work().approvals().values()) {
      if (!(approval.standing() instanceof Approval.Standing.Open)) continue;
      var yes = new Command.Resolve(approval.seq(), Menu.OPERATOR, true, "");
      deliver(world, node, NO_WORK, yes, () -> "the operator approves", moves);
      var no = new Command.Resolve(approval.seq(), Menu.OPERATOR, false, "");
      deliver(world, node, NO_WORK, no, () -> "the operator rejects", moves);
    }
  }

  /// A command is taken with the circumstances that the node knows, and, where they are others,
  /// with those of now.
  private void deliver(
      World world, int node, int work, Command command, Supplier<String> what, Moves moves) {
    var at = world.node(node);
    take(world, node, at, work, command, what, moves);
    if (at.control() == world.control() && at.policy() == world.policy()) return;
    var knowing = at.knowing(world.control(), world.policy());
    take(world, node, knowing, work, command, () -> what.get() + ", as of now", moves);
  }

  private void take(
      World world,
      int node,
      Node at,
      int work,
      Command command,
      Supplier<String> what,
      Moves moves) {
    var taken = decisions.ask(at.seen(), command, at.control(), at.policy(), world);
    var rest = work == NO_WORK ? at : at.without(work);
    if (taken == null) {
      if (work == NO_WORK) return;
      moves.next(node, world.with(node, rest), () -> what.get() + ": nothing changes");
      return;
    }
    if (at.seen() != world.journal()) {
      var lost = overtaken(world.with(node, rest), node);
      moves.next(node, lost, () -> what.get() + ": the append loses, and it folds again");
      return;
    }
    String broken = taken.broken();
    var claims = world.claims();
    for (var settled : taken.settled()) {
      if (broken.isEmpty()) broken = laws.settled(effects.table, world, settled);
      int claim = (int) settled.claim();
      if (!broken.isEmpty() || !effects.table.isOpen(world, claim)) continue;
      if (claims == world.claims()) claims = claims.clone();
      claims[2 * claim - 1] = effects.table.outcomes.of(settled.outcome()) + 1;
    }
    var after = shell.appended(rest.seeing(taken.next()), taken.movesAuthority(), taken.owed());
    var next = told(world.appended(taken.next(), claims).with(node, after), node);
    moves.next(node, next, () -> what.get() + " (" + taken.events() + ")", broken);
  }

  /// Whoever does not hold back has told everybody.
  private World told(World world, int node) {
    var at = world.node(node);
    return at.isHeldBack() ? world : world.telling(decisions.authority(at.seen()));
  }

  // --- the node itself

  private void writeRow(World world, int node, Moves moves) {
    var at = world.node(node);
    int authority = decisions.authority(at.seen());
    boolean stops = at.seen() != 0 && decisions.live(at.seen()).known().optedOut();
    var next = told(world.advanced(authority, stops).with(node, at.rowWritten()), node);
    moves.next(node, next, () -> "writes the authority row " + authority);
  }

  private void restart(World world, int node, Moves moves) {
    var up = new Node(world.journal(), world.control(), world.policy(), 0, null, Node.NOTHING);
    moves.next(
        node,
        world.with(node, up.holding(decisions.owedAfterRestart(world.journal()))),
        () -> "starts and folds the journal");
  }

  /// The supervisor starts again; what its dispatcher has in hand goes on, and its agents do not.
  private World overtaken(World world, int node) {
    var at = world.node(node);
    int[] kept =
        Arrays.stream(at.works())
            .filter(
                w -> !(works.at(w) instanceof Work.Think || works.at(w) instanceof Work.Consider))
            .toArray();
    var folded = new Node(world.journal(), at.control(), at.policy(), 0, null, kept);
    return world.with(node, folded.holding(decisions.owedAfterRestart(world.journal())));
  }
}
