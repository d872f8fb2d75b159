package baton.simulation.explore;

import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.port.Claims.Reason;
import java.util.Arrays;

/// The claims table and what tools keep, as they stand in a world.
final class Table {
  final Numbered<Permit> permits = new Numbered<>();
  final Numbered<Outcome> outcomes = new Numbered<>();

  /// What a claim rests on beside the permit.
  record Read(int control, int policy, int row) {}

  // --- claims

  /// Why it may not be claimed, or null.
  Reason refusal(World world, Permit permit, Read read) {
    if (world.isConcluded(permits.of(permit))) return Reason.INTERRUPTED;
    if (read.control() == 1) return Reason.PAUSED;
    if (!permit.policy().equals(Decisions.policy(read.policy()).hash())) return Reason.POLICY_MOVED;
    if (permit.authority() != read.row()) return Reason.AUTHORITY_MOVED;
    if (!permit.expiresAt().isAfter(Decisions.at(world.ticks()))) return Reason.EXPIRED;
    if (world.optedOut() == 1 && !permit.despiteOptOut()) return Reason.OPTED_OUT;
    return null;
  }

  /// The claim of this permit, or else of its proposal; 0 for none.
  int known(World world, Permit permit) {
    int own = own(world, permit);
    if (own != 0) return own;
    for (int claim = 1; claim <= world.claims().length / 2; claim++) {
      boolean failed = settled(world, claim) instanceof Outcome.Failed;
      if (!failed && permit(world, claim).key().equals(permit.key())) return claim;
    }
    return 0;
  }

  /// The claim of this permit; 0 for none.
  int own(World world, Permit permit) {
    int number = permits.of(permit);
    for (int claim = 1; claim <= world.claims().length / 2; claim++) {
      if (world.claims()[2 * claim - 2] == number) return claim;
    }
    return 0;
  }

  Permit permit(World world, int claim) {
    return permits.at(world.claims()[2 * claim - 2]);
  }

  /// The outcome in the claims table, or null.
  Outcome settled(World world, int claim) {
    int outcome = world.claims()[2 * claim - 1];
    return outcome == 0 ? null : outcomes.at(outcome - 1);
  }

  boolean isOpen(World world, int claim) {
    var outcome = settled(world, claim);
    return outcome == null || outcome instanceof Outcome.Unknown;
  }

  /// The permit's own claim, or an open one of its proposal; 0 for none.
  int claimOf(World world, Permit permit) {
    int own = own(world, permit);
    if (own != 0) return own;
    for (int claim = 1; claim <= world.claims().length / 2; claim++) {
      if (isOpen(world, claim) && permit(world, claim).key().equals(permit.key())) return claim;
    }
    return 0;
  }

  // --- what tools keep, by key

  /// What is kept stands, but a fence only up to the claim that it was made for.
  static boolean stands(World world, int at, int claim) {
    return world.effects()[at + 2] == 1 || world.effects()[at + 1] >= claim;
  }

  /// Where the tool keeps what it did under the permit's key; -1 for nowhere.
  int effect(World world, Permit permit) {
    for (int at = 0; at < world.effects().length; at += 3) {
      if (permits.at(world.effects()[at]).key().equals(permit.key())) return at;
    }
    return -1;
  }

  /// What tools keep, with this in it.
  ///
  /// @param at where the key's entry is, or -1
  int[] kept(World world, int at, Permit permit, int claim, int done) {
    int[] kept =
        at >= 0
            ? world.effects().clone()
            : Arrays.copyOf(world.effects(), world.effects().length + 3);
    int to = at >= 0 ? at : world.effects().length;
    kept[to] = permits.of(permit);
    kept[to + 1] = claim;
    kept[to + 2] = done;
    return kept;
  }
}
