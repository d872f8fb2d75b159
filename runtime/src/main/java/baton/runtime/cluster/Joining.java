package baton.runtime.cluster;

import baton.persistence.db.PgNodes.Member;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

/// How a node that was let in by the database becomes a member.
record Joining(Cluster cluster, Certificates certificates, InstantSource clock) {
  private static final Duration JOIN_MAX = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(50);

  /// Blocks until it is one.
  ///
  /// @param others those that are there; where there are none it forms a cluster
  /// @throws IllegalStateException where they do not take it in, in one line that says what to do
  void join(List<Member> others) {
    if (others.isEmpty()) {
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    } else {
      var seeds = others.stream().map(member -> seed(cluster, member.address())).toList();
      cluster.manager().tell(new JoinSeedNodes(seeds));
    }
    long until = System.nanoTime() + JOIN_MAX.toNanos();
    while (cluster.selfMember().status() != MemberStatus.up()) {
      if (System.nanoTime() > until) throw new IllegalStateException(whyNot(others));
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private String whyNot(List<Member> others) {
    return others.stream()
        .map(Member::address)
        .map(this::problem)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() ->
            "the other nodes do not let this one in: see that they reach it at "
                + Membership.hostPort(cluster.selfMember().address())
                + ", its cluster.host and cluster.port");
  }

  private Optional<String> problem(String address) {
    var reach =
        certificates.reaches(
            ClusterSettings.hostOf(address), ClusterSettings.portOf(address), clock.instant());
    return reach == Reach.WELL ? Optional.empty() : Optional.of(reach.line(address));
  }

  /// As the cluster calls the node there.
  static Address seed(Cluster cluster, String address) {
    var own = cluster.selfMember().address();
    return AddressFromURIString.parse(own.protocol() + "://" + own.system() + "@" + address);
  }
}
