package baton.runtime.interpreter;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which known words a written word may stand for.
final class Spelling {
  /// Below this many letters one slip makes too many other words.
  private static final int LETTERS_MIN = 5;

  private final Set<String> known;

  Spelling(Collection<String> known) {
    this.known = Set.copyOf(known);
  }

  /// The word itself; for a word nobody knows, also those that one slip away are known.
  Set<String> readings(String word) {
    if (known.contains(word)) return Set.of(word);
    var readings = new HashSet<String>();
    readings.add(word);
    for (var shorter : withoutDrawl(word)) if (known.contains(shorter)) readings.add(shorter);
    if (word.length() >= LETTERS_MIN) {
      for (var candidate : known) if (near(word, candidate)) readings.add(candidate);
    }
    return readings;
  }

  /// Whether two words of at least five letters are one slip apart: a letter more, less, other, or
  /// two swapped.
  static boolean near(String one, String other) {
    int gap = one.length() - other.length();
    if (one.length() < LETTERS_MIN || other.length() < LETTERS_MIN || Math.abs(gap) > 1) {
      return false;
    }
    int same = 0;
    int least = Math.min(one.length(), other.length());
    while (same < least && one.charAt(same) == other.charAt(same)) same++;
    if (gap > 0) return one.substring(same + 1).equals(other.substring(same));
    if (gap < 0) return one.substring(same).equals(other.substring(same + 1));
    if (same == least) return true;
    if (one.substring(same + 1).equals(other.substring(same + 1))) return true;
    return same + 1 < least
        && one.charAt(same) == other.charAt(same + 1)
        && one.charAt(same + 1) == other.charAt(same)
        && one.substring(same + 2).equals(other.substring(same + 2));
  }

  /// "Stoppp" and "noooo" with the drawn-out letter once, and twice.
  private static List<String> withoutDrawl(String word) {
    return List.of(
        word.replaceAll("(\\p{L})\\1{2,}", "$1"), word.replaceAll("(\\p{L})\\1{2,}", "$1$1"));
  }
}
