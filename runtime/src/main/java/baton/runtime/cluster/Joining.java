package baton.runtime.cluster;

import baton.persistence.db.PgNodes;
import baton.persistence.db.PgNodes.Member;
import baton.persistence.db.PgNodes.Way;
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
record Joining(Cluster cluster, PgNodes nodes, Certificates certificates, InstantSource clock) {
  private static final Duration JOIN_MAX = Duration.ofSeconds(15);
  private static final Duration ASK_AGAIN = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(50);

  /// Blocks until it is one. Whom it asks may leave meanwhile: it looks again who is in, and where
  /// nobody is any more, one of those who come forms a cluster.
  ///
  /// @throws IllegalStateException where they do not take it in, in one line that says what to do
  void join() {
    Way way = new Way.Wait();
    long until = System.nanoTime() + JOIN_MAX.toNanos();
    do {
      if (System.nanoTime() > until) throw new IllegalStateException(whyNot(way));
      var last = way;
      way = nodes.way();
      if (!way.equals(last)) {
        go(way);
        until = System.nanoTime() + JOIN_MAX.toNanos();
      }
    } while (!isIn(ASK_AGAIN));
    if (!nodes.joins()) {
      throw new IllegalStateException(
          "another cluster was formed on this database meanwhile: start again");
    }
  }

  private void go(Way way) {
    switch (way) {
      case Way.Form _ -> cluster.manager().tell(Join.create(cluster.selfMember().address()));
      case Way.Ask(var members) -> {
        var seeds = members.stream().map(member -> seed(cluster, member.address())).toList();
        cluster.manager().tell(new JoinSeedNodes(seeds));
      }
      case Way.Wait() -> {}
    }
  }

  private boolean isIn(Duration max) {
    long until = System.nanoTime() + max.toNanos();
    while (cluster.selfMember().status() != MemberStatus.up()) {
      if (System.nanoTime() > until) return false;
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return true;
  }

  private String whyNot(Way way) {
    var asked = way instanceof Way.Ask(var members) ? members : List.<Member>of();
    return asked.stream()
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
