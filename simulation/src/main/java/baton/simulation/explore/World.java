package baton.simulation.explore;

import java.util.Arrays;

/// Everything that a next step can depend on. The first part is durable, then come the two nodes.
///
/// @param journal number of the folded journal
/// @param row the authority row
/// @param told the highest authority that anybody was told of
/// @param optedOut whether the buyer's standing says so: 1 or 0
/// @param control 0 running, 1 paused, 2 resumed
/// @param policy 0 the first, 1 the second
/// @param ticks how often the clock has moved
/// @param left what may still happen from outside
/// @param claims by their numbers from 1: the permit's number, then 0 or the outcome's number plus
///   1
/// @param concluded numbers of permits that were given up, ascending
/// @param effects what tools have done or sworn never to do, by key: the permit's number, the
///   claim's number, then 1 where it was done and 0 where not
record World(
    int journal,
    int row,
    int told,
    int optedOut,
    int control,
    int policy,
    int ticks,
    Left left,
    int[] claims,
    int[] concluded,
    int[] effects,
    Node a,
    Node b) {
  /// How often something may still happen that comes from nowhere.
  ///
  /// @param messagesMax of the buyer, over the whole conversation
  record Left(int messagesMax, int takeOvers, int crashes, int silences) {
    Left afterTakeOver() {
      return new Left(messagesMax, takeOvers - 1, crashes, silences);
    }

    Left afterCrash() {
      return new Left(messagesMax, takeOvers, crashes - 1, silences);
    }

    Left afterSilence() {
      return new Left(messagesMax, takeOvers, crashes, silences - 1);
    }
  }

  Node node(int which) {
    return which == 0 ? a : b;
  }

  World with(int which, Node next) {
    return new World(
        journal,
        row,
        told,
        optedOut,
        control,
        policy,
        ticks,
        left,
        claims,
        concluded,
        effects,
        which == 0 ? next : a,
        which == 0 ? b : next);
  }

  World with(Left next) {
    return new World(
        journal, row, told, optedOut, control, policy, ticks, next, claims, concluded, effects, a,
        b);
  }

  World appended(int next, int[] settledClaims) {
    return new World(
        next,
        row,
        told,
        optedOut,
        control,
        policy,
        ticks,
        left,
        settledClaims,
        concluded,
        effects,
        a,
        b);
  }

  World controlled(int next) {
    return new World(
        journal, row, told, optedOut, next, policy, ticks, left, claims, concluded, effects, a, b);
  }

  World under(int next) {
    return new World(
        journal, row, told, optedOut, control, next, ticks, left, claims, concluded, effects, a, b);
  }

  World later() {
    return new World(
        journal, row, told, optedOut, control, policy, ticks + 1, left, claims, concluded, effects,
        a, b);
  }

  /// The row never moves back, nor is an opt-out taken back.
  World advanced(int authority, boolean stops) {
    return new World(
        journal,
        Math.max(row, authority),
        told,
        stops ? 1 : optedOut,
        control,
        policy,
        ticks,
        left,
        claims,
        concluded,
        effects,
        a,
        b);
  }

  World telling(int authority) {
    if (authority <= told) return this;
    return new World(
        journal, row, authority, optedOut, control, policy, ticks, left, claims, concluded, effects,
        a, b);
  }

  World claiming(int permit) {
    var more = Arrays.copyOf(claims, claims.length + 2);
    more[claims.length] = permit;
    return appended(journal, more);
  }

  World settling(int claim, int outcome) {
    var settled = claims.clone();
    settled[2 * claim - 1] = outcome + 1;
    return appended(journal, settled);
  }

  /// No claim of the permit will be made any more.
  World concluding(int permit) {
    int at = Arrays.binarySearch(concluded, permit);
    if (at >= 0) return this;
    var more = Arrays.copyOf(concluded, concluded.length + 1);
    more[concluded.length] = permit;
    Arrays.sort(more);
    return new World(
        journal, row, told, optedOut, control, policy, ticks, left, claims, more, effects, a, b);
  }

  boolean isConcluded(int permit) {
    return Arrays.binarySearch(concluded, permit) >= 0;
  }

  World doing(int[] nextEffects) {
    return new World(
        journal,
        row,
        told,
        optedOut,
        control,
        policy,
        ticks,
        left,
        claims,
        concluded,
        nextEffects,
        a,
        b);
  }

  boolean isOrdered() {
    return Node.compare(a, b) <= 0;
  }

  World swapped() {
    return new World(
        journal, row, told, optedOut, control, policy, ticks, left, claims, concluded, effects, b,
        a);
  }
}
