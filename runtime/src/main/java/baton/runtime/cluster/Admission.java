package baton.runtime.cluster;

import baton.persistence.db.PgNodes.Found;
import baton.persistence.db.PgNodes.Member;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether a node may come in, by what it finds on its database. There is one cluster on a
/// database, and all its nodes have the same keys.
///
/// @param self where the others would reach it, `HOST:PORT`
/// @param secrets a digest of its keys
/// @param join whom it was told to join
/// @param returning whether it was here before: then it joins whoever is here, or forms
/// @param resolve the addresses of a host name, none where there are none
record Admission(
    String self,
    String secrets,
    List<String> join,
    boolean returning,
    Function<String, Set<String>> resolve) {

  static Set<String> resolved(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(InetAddress::getHostAddress)
          .collect(Collectors.toSet());
    } catch (UnknownHostException nowhere) {
      return Set.of();
    }
  }

  /// Why it may not come in, in one line that says what to do.
  Optional<String> refusal(Found found) {
    return switch (found) {
      case Found.Nobody _ -> ofFirst();
      case Found.Others(var members) -> ofNext(members);
    };
  }

  private Optional<String> ofFirst() {
    if (returning || join.isEmpty() || isToldOf(self)) return Optional.empty();
    return Optional.of(
        "no node runs on this database: start one that joins nobody first, or name the database of"
            + " the nodes at "
            + String.join(", ", join));
  }

  private Optional<String> ofNext(List<Member> members) {
    if (members.stream().anyMatch(member -> member.address().equals(self))) {
      return Optional.of(
          "the node that was at " + self + " has not ended: end it, or set another cluster.port");
    }
    var there = members.stream().map(Member::address).collect(Collectors.joining(", "));
    if (!returning && join.isEmpty()) {
      return Optional.of(
          "another engine runs on this database: join it with --join "
              + members.getFirst().address()
              + ", or stop it first");
    }
    if (!returning && members.stream().noneMatch(member -> isToldOf(member.address()))) {
      return Optional.of(
          "no node of this database is at "
              + String.join(", ", join)
              + ": join one that is there ("
              + there
              + "), or name the database of the others");
    }
    if (members.stream().anyMatch(member -> !member.secrets().equals(secrets))) {
      return Optional.of(
          "these keys are not those of the nodes at "
              + there
              + ": name the folder that has theirs with --keys");
    }
    return Optional.empty();
  }

  private boolean isToldOf(String address) {
    return join.contains(address) || join.stream().anyMatch(one -> isSame(one, address));
  }

  private boolean isSame(String one, String other) {
    if (ClusterSettings.portOf(one) != ClusterSettings.portOf(other)) return false;
    var addresses = resolve.apply(ClusterSettings.hostOf(one));
    return Stream.of(other)
        .map(ClusterSettings::hostOf)
        .flatMap(host -> resolve.apply(host).stream())
        .anyMatch(addresses::contains);
  }
}
