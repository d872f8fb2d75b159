package baton.simulation.explore;

import java.util.Arrays;

/// The worlds that were met, by 128 bits of each, with the way to them.
///
/// Two different worlds have the same 128 bits with a chance of about n²/2¹²⁹: for ten million
/// worlds 10⁻²⁵. Such a pair would hide what follows from one of the two, and invent nothing.
final class Seen {
  private static final double FULL = 0.6;

  private long[] high = new long[1 << 16];
  private long[] low = new long[1 << 16];
  private int[] parents = new int[1 << 14];
  private short[] choices = new short[1 << 14];
  private int used;

  // the hash that was computed last
  private long one;
  private long other;

  /// @param parent number of the world before, or -1
  /// @param choice which of the steps there, from 0
  /// @return whether it had not been met; its number is then [#size] - 1
  boolean add(World world, int parent, int choice) {
    hash(world);
    if (used >= high.length * FULL) grow();
    int at = slot(high, low, one, other);
    if (high[at] != 0 || low[at] != 0) return false;
    high[at] = one;
    low[at] = other;
    if (used == parents.length) {
      parents = Arrays.copyOf(parents, 2 * used);
      choices = Arrays.copyOf(choices, 2 * used);
    }
    parents[used] = parent;
    choices[used] = (short) choice;
    used++;
    return true;
  }

  int size() {
    return used;
  }

  int parent(int number) {
    return parents[number];
  }

  int choice(int number) {
    return choices[number];
  }

  private static int slot(long[] high, long[] low, long one, long other) {
    int mask = high.length - 1;
    int at = (int) one & mask;
    while ((high[at] != 0 || low[at] != 0) && (high[at] != one || low[at] != other)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    var nextHigh = new long[2 * high.length];
    var nextLow = new long[2 * low.length];
    for (int i = 0; i < high.length; i++) {
      if (high[i] == 0 && low[i] == 0) continue;
      int at = slot(nextHigh, nextLow, high[i], low[i]);
      nextHigh[at] = high[i];
      nextLow[at] = low[i];
    }
    high = nextHigh;
    low = nextLow;
  }

  // --- the hash: each number is mixed into two independent lanes

  private void hash(World world) {
    one = 0x9e3779b97f4a7c15L;
    other = 0xc2b2ae3d27d4eb4fL;
    mix(world.journal());
    mix(world.row());
    mix(world.told());
    mix(world.optedOut() | world.control() << 1 | world.policy() << 3 | world.ticks() << 4);
    var left = world.left();
    mix(left.messagesMax() | left.takeOvers() << 8 | left.crashes() << 16 | left.silences() << 24);
    mix(world.claims());
    mix(world.concluded());
    mix(world.effects());
    mix(world.a());
    mix(world.b());
    one = finished(one ^ other >>> 17);
    other = finished(other + one);
  }

  private void mix(Node node) {
    mix(node.seen());
    mix(node.control() | node.policy() << 2 | node.row() << 3 | (node.isHeldBack() ? 16 : 0));
    if (node.isHeldBack()) mix(node.held());
    mix(node.works());
  }

  private void mix(int[] numbers) {
    mix(numbers.length);
    for (int number : numbers) mix(number);
  }

  private void mix(int number) {
    one = Long.rotateLeft((one ^ number) * 0xbf58476d1ce4e5b9L, 29) * 0x94d049bb133111ebL;
    other = Long.rotateLeft((other + number) * 0xff51afd7ed558ccdL, 31) ^ other >>> 7;
  }

  private static long finished(long lane) {
    lane = (lane ^ lane >>> 33) * 0xff51afd7ed558ccdL;
    lane = (lane ^ lane >>> 33) * 0xc4ceb9fe1a85ec53L;
    return lane ^ lane >>> 33;
  }
}
