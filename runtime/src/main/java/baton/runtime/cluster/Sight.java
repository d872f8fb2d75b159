package baton.runtime.cluster;

import java.util.Set;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;

/// How many of a cluster's nodes one of them can reach, itself included.
///
/// @param members those that have come in and have not left
/// @param reachable of them
record Sight(int members, int reachable) {
  private static final Set<MemberStatus> IN =
      Set.of(MemberStatus.up(), MemberStatus.weaklyUp(), MemberStatus.leaving());

  static Sight of(CurrentClusterState state, Member self) {
    int members = 0;
    int reachable = 0;
    boolean here = false;
    for (var member : state.getMembers()) {
      if (!IN.contains(member.status())) continue;
      members++;
      here |= member.uniqueAddress().equals(self.uniqueAddress());
      if (!state.getUnreachable().contains(member)) reachable++;
    }
    return here ? new Sight(members, reachable) : new Sight(1, 0);
  }

  /// More than half: no two parts of a cluster are.
  boolean isMajority() {
    return 2 * reachable > members;
  }
}
