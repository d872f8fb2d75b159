package baton.simulation.explore;

import java.util.Arrays;

/// One of the two supervisors of the conversation, with all that it has not made durable.
///
/// @param seen number of its folded journal; [#DOWN] while it does not run
/// @param control what it knows of the pause, which may be old
/// @param policy what it knows of the active policy, which may be old
/// @param row whether it still owes the authority row of what it has seen: 1 or 0
/// @param held what it will do once the row is written, and has told nobody before: numbers of
///   works; null where nothing is held back
/// @param works numbers of works, ascending; the same thing to do twice is one thing to do
record Node(int seen, int control, int policy, int row, int[] held, int[] works) {
  static final int DOWN = -1;
  static final int[] NOTHING = {};

  static Node down() {
    return new Node(DOWN, 0, 0, 0, null, NOTHING);
  }

  boolean isUp() {
    return seen != DOWN;
  }

  boolean isHeldBack() {
    return held != null;
  }

  Node without(int work) {
    int at = Arrays.binarySearch(works, work);
    var rest = new int[works.length - 1];
    System.arraycopy(works, 0, rest, 0, at);
    System.arraycopy(works, at + 1, rest, at, rest.length - at);
    return new Node(seen, control, policy, row, held, rest);
  }

  Node doing(int... more) {
    var all = works;
    for (int work : more) {
      int at = Arrays.binarySearch(all, work);
      if (at >= 0) continue;
      int to = -at - 1;
      var longer = Arrays.copyOf(all, all.length + 1);
      System.arraycopy(all, to, longer, to + 1, all.length - to);
      longer[to] = work;
      all = longer;
    }
    return new Node(seen, control, policy, row, held, all);
  }

  Node seeing(int state) {
    return new Node(state, control, policy, row, held, works);
  }

  Node knowing(int itsControl, int itsPolicy) {
    return new Node(seen, itsControl, itsPolicy, row, held, works);
  }

  /// The row is owed, and until it is written nothing else is done.
  Node holding(int... until) {
    return new Node(seen, control, policy, 1, until, works);
  }

  Node owingRow() {
    return new Node(seen, control, policy, 1, held, works);
  }

  Node rowWritten() {
    var freed = new Node(seen, control, policy, 0, null, works);
    return held == null ? freed : freed.doing(held);
  }

  /// Which of two comes first; it does not matter which is which.
  static int compare(Node one, Node other) {
    if (one.seen != other.seen) return Integer.compare(other.seen, one.seen);
    int order = Integer.compare(one.control * 2 + one.policy, other.control * 2 + other.policy);
    if (order == 0) order = Integer.compare(one.row, other.row);
    if (order == 0) order = Arrays.compare(one.works, other.works);
    if (order == 0) order = Arrays.compare(one.held, other.held);
    return order;
  }
}
