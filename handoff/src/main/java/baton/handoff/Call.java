package baton.handoff;

import baton.handoff.action.Action;
import java.time.Instant;
import java.util.List;

/// Work that a conversation owes to the outside. It stays owed until an event says that it is done,
/// so that recovery owes exactly what was unfinished.
public sealed interface Call {
  /// Ask the holder.
  record Ask(Role role, long epoch, long ask) implements Call {}

  /// Offer the lease to the next role, with the facts of the contract.
  record Offer(Role from, Role to, long epoch, List<String> contract) implements Call {}

  /// Claim the permit, then carry the action out.
  record Perform(Permit permit, Action action) implements Call {}

  /// The permit is void: find out whether it was claimed before, and what came of it. Never claim.
  record Conclude(Permit permit, Action action) implements Call {}

  /// Look up what came of an effect whose outcome is unknown.
  record LookUp(Permit permit, Action action) implements Call {}

  /// Send [Command.Wake] then.
  record WakeAt(Instant at) implements Call {}
}
