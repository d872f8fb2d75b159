package baton.runtime.interpreter;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Which known words a written word may stand for.
final class Spelling {
  /// Below this many letters one slip makes too many other words.
  private static final int LETTERS_MIN = 5;

  /// Longer than any word.
  private static final int LETTERS_MAX = 40;

  private static final Pattern DRAWL = Pattern.compile("(\\p{L})\\1{2,}");

  /// "Dnt", "agn", "rmv".
  private static final Pattern VOWELS = Pattern.compile("[aeiou]");

  private static final Pattern DOUBLE = Pattern.compile("(\\p{L})\\1");
  private static final int SHORT_MIN = 3;

  private final Set<String> known;
  private final Map<Integer, List<String>> byLength;
  private final Map<String, List<String>> byConsonants;

  Spelling(Collection<String> known) {
    this.known = Set.copyOf(known);
    this.byLength = this.known.stream().collect(groupingBy(String::length));
    this.byConsonants = this.known.stream().collect(groupingBy(Spelling::consonants));
  }

  /// The word itself; for a word nobody knows, also those that one slip away are known.
  Set<String> readings(String word) {
    if (known.contains(word)) return Set.of(word);
    var readings = new HashSet<String>();
    readings.add(word);
    var latin = Letters.unmasked(word);
    if (known.contains(latin)) readings.add(latin);
    if (word.length() > LETTERS_MAX) return readings;
    boolean shortened = word.length() >= SHORT_MIN && !VOWELS.matcher(word.substring(1)).find();
    if (shortened) readings.addAll(byConsonants.getOrDefault(word, List.of()));
    for (var shorter : withoutDrawl(word)) if (known.contains(shorter)) readings.add(shorter);
    for (int length = word.length() - 1; length <= word.length() + 1; length++) {
      for (var candidate : byLength.getOrDefault(length, List.of())) {
        if (near(word, candidate) || swapped(word, candidate)) readings.add(candidate);
      }
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
    if (gap > 0) return sameFrom(one, same + 1, other, same);
    if (gap < 0) return sameFrom(one, same, other, same + 1);
    if (same == least) return true;
    if (sameFrom(one, same + 1, other, same + 1)) return true;
    return same + 1 < least
        && one.charAt(same) == other.charAt(same + 1)
        && one.charAt(same + 1) == other.charAt(same)
        && sameFrom(one, same + 2, other, same + 2);
  }

  /// Words of four letters forgive two that were swapped: "sotp".
  private static boolean swapped(String one, String other) {
    if (one.length() != LETTERS_MIN - 1 || other.length() != one.length()) return false;
    int same = 0;
    while (same < one.length() && one.charAt(same) == other.charAt(same)) same++;
    return same + 1 < one.length()
        && one.charAt(same) == other.charAt(same + 1)
        && one.charAt(same + 1) == other.charAt(same)
        && sameFrom(one, same + 2, other, same + 2);
  }

  /// Whether what is left of the two is the same; it is as long.
  private static boolean sameFrom(String one, int from, String other, int otherFrom) {
    return one.regionMatches(from, other, otherFrom, one.length() - from);
  }

  /// A word as it is often shortened: without the vowels behind its first letter, and no letter
  /// twice in a row.
  private static String consonants(String word) {
    if (word.isEmpty()) return word;
    var rest = VOWELS.matcher(word.substring(1)).replaceAll("");
    return DOUBLE.matcher(word.charAt(0) + rest).replaceAll("$1");
  }

  /// "Stoppp" and "noooo" with the drawn-out letter once, and twice.
  private static List<String> withoutDrawl(String word) {
    var drawls = DRAWL.matcher(word);
    return drawls.find() ? List.of(drawls.replaceAll("$1"), drawls.replaceAll("$1$1")) : List.of();
  }
}
