package baton.simulation.world;

/// Everything may go wrong, by chance: lost, late, twice, out of order. It can end.
final class Storm implements Faults {
  private static final int LATE_MAX_MILLIS = 3_000;

  /// Longer than a tool is waited for, than an agent is, and than a permit lives.
  private static final int TOO_LATE_MILLIS = 40_000;

  private static final int SPLIT_MAX = 20;

  private final Dice dice;

  /// Of a thousand messages, how many are met by each fault. Some worlds are worse than others.
  private final int strength;

  /// How many more commands go to the other node.
  private int split;

  private boolean over;

  Storm(Dice dice) {
    this.dice = dice;
    strength = dice.oneOf(0, 5, 20, 60, 120);
  }

  /// From now on nothing goes wrong.
  void end() {
    over = true;
  }

  @Override
  public Passage passage(Hop hop, String kind) {
    if (over || strength == 0) return Passage.SMOOTH;
    boolean arrives = !dice.perMille(strength / 2);
    boolean answered = !dice.perMille(strength / 2);
    long wait = late();
    long again = dice.perMille(strength / 2) ? 1 + dice.below(LATE_MAX_MILLIS) : 0;
    if (arrives && answered && wait == 0 && again == 0) return Passage.SMOOTH;
    return new Passage(arrives, answered, wait, again);
  }

  private long late() {
    if (dice.perMille(strength / 8)) return TOO_LATE_MILLIS;
    return dice.perMille(strength * 4) ? 1 + dice.below(LATE_MAX_MILLIS) : 0;
  }

  @Override
  public Mishap call(String kind) {
    if (over) return Mishap.NONE;
    if (dice.perMille(strength)) return Mishap.ANSWER_LOST;
    if (dice.perMille(strength)) return Mishap.DEAD;
    return dice.perMille(20) ? Mishap.REFUSED : Mishap.NONE;
  }

  @Override
  public boolean behind() {
    return !over && dice.perMille(strength * 3);
  }

  /// Where two nodes do not see each other, the other gets more than one command.
  @Override
  public boolean elsewhere() {
    if (over) return false;
    if (split == 0 && dice.perMille(strength)) split = dice.below(SPLIT_MAX);
    if (split == 0) return false;
    split--;
    return true;
  }
}
