package baton.simulation.explore;

import baton.handoff.Call;
import baton.handoff.Command;
import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.action.Action;
import java.util.Optional;

/// What a node has begun and not finished. A crash forgets it.
sealed interface Work {
  /// The holder thinks about an answer.
  record Think(Role role, long epoch, long ask) implements Work {}

  /// The next role thinks about an offer.
  record Consider(Role role, long epoch) implements Work {}

  /// To be claimed, then done.
  record Perform(Permit permit, Action action) implements Work {}

  /// Claimed; the tool is to be called.
  ///
  /// @param claim the claim's number
  record Act(Permit permit, Action action, int claim) implements Work {}

  /// The tool was called and did not answer in time: whether it does the thing is open.
  record Late(Permit permit, Action action, int claim) implements Work {}

  /// Was it ever claimed?
  record Conclude(Permit permit, Action action) implements Work {}

  /// It was claimed, and the tool is asked what came of it.
  record Inquire(Permit permit, Action action, int claim) implements Work {}

  /// Nobody knew what came of it: the tool is asked until it knows.
  record LookUp(Permit permit, Action action) implements Work {}

  /// The claim gives its key free before it is reported that it was never carried out.
  record Free(Command.Settle settle) implements Work {}

  /// On its way to the supervisor.
  record Report(Command command) implements Work {}

  /// A step that no shell should have. Broken ones have it.
  non-sealed interface Odd extends Work {
    void go(Effects effects, World world, int node, Moves moves);
  }

  /// The wake is not work of a node: whoever moves the clock sees what is due.
  static Optional<Work> of(Call call) {
    return switch (call) {
      case Call.Ask(var role, var epoch, var ask) -> Optional.of(new Think(role, epoch, ask));
      case Call.Offer(_, var to, var epoch, _) -> Optional.of(new Consider(to, epoch));
      case Call.Perform(var permit, var action) -> Optional.of(new Perform(permit, action));
      case Call.Conclude(var permit, var action) -> Optional.of(new Conclude(permit, action));
      case Call.LookUp(var permit, var action) -> Optional.of(new LookUp(permit, action));
      case Call.WakeAt _ -> Optional.empty();
    };
  }
}
