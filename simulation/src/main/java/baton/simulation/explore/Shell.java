package baton.simulation.explore;

import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.Permit;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.policy.Policy;
import java.util.List;
import java.util.Optional;

/// The steps that a node takes around the kernel, in the order of [Step]. Those that are broken on
/// purpose override one of them, and the explorer must notice.
class Shell {
  Step take(State state, Command command, Circumstances now, Policy policy) {
    return Step.take(state, command, now, policy);
  }

  /// An entry is durable, and these works are newly owed. Where authority moved nobody is told
  /// before the authority row is written.
  Node appended(Node node, boolean movesAuthority, int[] owed) {
    return movesAuthority ? node.holding(owed) : node.doing(owed);
  }

  /// What is unfinished, after a node has folded the journal again.
  List<Work> owedAfterRestart(State state) {
    return Step.owedAfterRestart(state).stream().map(Work::of).flatMap(Optional::stream).toList();
  }

  /// Reads what must be so and uses the permit up, in one atomic step.
  void perform(Effects effects, World world, int node, Work.Perform perform, Moves moves) {
    var reads = new Table.Read(world.control(), world.policy(), world.row());
    effects.claim(world, node, perform, perform, reads, moves);
  }

  /// A permit is given up that nobody has claimed: nobody will.
  World concluded(Table table, World world, Permit permit) {
    return world.concluding(table.permits.of(permit));
  }

  /// Whether the tool remembers that it has sworn never to have been called.
  boolean lookUpFences() {
    return true;
  }
}
