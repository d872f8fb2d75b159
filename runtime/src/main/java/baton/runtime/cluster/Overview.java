package baton.runtime.cluster;

import baton.persistence.db.PgNodes.Member;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A cluster as one of its nodes sees it.
///
/// @param trouble why that node permits nothing at the moment, or null
/// @param nodes by address
/// @param conversations how many there are, by status
public record Overview(
    String trouble, List<Node> nodes, SortedMap<String, Long> conversations, Lag lag) {
  public Overview {
    nodes = List.copyOf(nodes);
    conversations = Collections.unmodifiableSortedMap(new TreeMap<>(conversations));
  }

  /// @param address where other nodes reach it
  /// @param http where it serves
  /// @param state as `up`, `joining`, `leaving`; `unreachable` for this node; `outside` for one
  ///   that has come to the database and is no member
  /// @param self whether it is the one that answers
  /// @param leader whether it does what one node alone does
  /// @param shards how many of the hundred it has, or null where it did not say
  /// @param conversations how many are in its memory, or null where it did not say
  public record Node(
      String address,
      String http,
      String version,
      Instant since,
      String state,
      boolean self,
      boolean leader,
      Integer shards,
      Integer conversations) {}

  /// @param due conversations that owe something since a moment that has passed
  /// @param dueSince the earliest of those moments, or null
  /// @param claimed effects whose outcome is not known yet
  public record Lag(long due, Instant dueSince, long claimed) {}

  /// What a node has of the shards, by where others reach it.
  public record Share(int shards, int conversations) {}

  /// @param shares empty for nodes that did not say
  static List<Node> nodes(Membership membership, Map<String, Share> shares) {
    var state = membership.state();
    var members = new TreeMap<String, String>();
    for (var member : state.getMembers()) {
      boolean there = !state.getUnreachable().contains(member);
      members.put(
          Membership.hostPort(member.address()),
          there ? member.status().toString().toLowerCase(Locale.ROOT) : "unreachable");
    }
    var live = new TreeMap<String, Member>();
    membership.live().forEach(one -> live.put(one.address(), one));
    var leader = state.getLeader() == null ? "" : Membership.hostPort(state.getLeader());
    var addresses = new TreeSet<>(members.keySet());
    addresses.addAll(live.keySet());
    return addresses.stream()
        .map(address -> {
          var known = live.get(address);
          var share = shares.get(address);
          return new Node(
              address,
              known == null ? "" : known.http(),
              known == null ? "" : known.version(),
              known == null ? null : known.since(),
              members.getOrDefault(address, "outside"),
              address.equals(membership.address()),
              address.equals(leader),
              share == null ? null : share.shards(),
              share == null ? null : share.conversations());
        })
        .toList();
  }
}
