package baton.runtime.interpreter;

import static java.util.stream.Collectors.groupingBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /// Each with itself as its only reading.
  private final Map<String, List<String>> known = new HashMap<>();

  /// One slip leaves the first two letters of a word as they are, or the last two.
  private final Map<String, List<String>> byBeginning;

  private final Map<String, List<String>> byEnd;
  private final Map<String, List<String>> byConsonants;

  Spelling(Set<String> known) {
    for (var word : known) this.known.put(word, List.of(word));
    this.byBeginning = forgiven(known).collect(groupingBy(Spelling::beginning));
    this.byEnd = forgiven(known).collect(groupingBy(Spelling::end));
    this.byConsonants = known.stream().collect(groupingBy(Spelling::consonants));
  }

  private static Stream<String> forgiven(Set<String> known) {
    return known.stream().filter(word -> word.length() >= LETTERS_MIN);
  }

  /// The word itself; for a word nobody knows, also those that one slip away are known.
  List<String> readings(String word) {
    var itself = known.get(word);
    return itself != null ? itself : guesses(word);
  }

  private List<String> guesses(String word) {
    var readings = new HashSet<String>();
    readings.add(word);
    addKnown(Letters.unmasked(word), readings);
    if (word.length() <= LETTERS_MAX) {
      if (shortened(word)) readings.addAll(byConsonants.getOrDefault(word, List.of()));
      for (var shorter : withoutDrawl(word)) addKnown(shorter, readings);
      addSwapped(word, readings);
      addNear(word, readings);
    }
    return List.copyOf(readings);
  }

  private void addKnown(String word, Set<String> readings) {
    if (known.containsKey(word)) readings.add(word);
  }

  /// Words of four letters forgive two that were swapped: "sotp".
  private void addSwapped(String word, Set<String> readings) {
    if (word.length() != LETTERS_MIN - 1) return;
    for (int i = 0; i + 1 < word.length(); i++) {
      var turned = new StringBuilder(word);
      turned.setCharAt(i, word.charAt(i + 1));
      turned.setCharAt(i + 1, word.charAt(i));
      addKnown(turned.toString(), readings);
    }
  }

  private void addNear(String word, Set<String> readings) {
    if (word.length() < LETTERS_MIN) return;
    for (var candidate : byBeginning.getOrDefault(beginning(word), List.of())) {
      if (near(word, candidate)) readings.add(candidate);
    }
    for (var candidate : byEnd.getOrDefault(end(word), List.of())) {
      if (near(word, candidate)) readings.add(candidate);
    }
  }

  private static String beginning(String word) {
    return word.substring(0, 2);
  }

  private static String end(String word) {
    return word.substring(word.length() - 2);
  }

  private static boolean shortened(String word) {
    if (word.length() < SHORT_MIN) return false;
    for (int i = 1; i < word.length(); i++) if ("aeiou".indexOf(word.charAt(i)) >= 0) return false;
    return true;
  }

  /// Whether two words of at least five letters are one slip apart: a letter more, less, other, or
  /// two swapped.
  static boolean near(String one, String other) {
    int gap = one.length() - other.length();
    if (one.length() < LETTERS_MIN || other.length() < LETTERS_MIN || Math.abs(gap) > 1) {
      return false;
    }
    // One slip leaves the first letter as it is, or the last.
    boolean begins = one.charAt(0) == other.charAt(0);
    if (!begins && one.charAt(one.length() - 1) != other.charAt(other.length() - 1)) return false;
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
    if (!thrice(word)) return List.of();
    var drawls = DRAWL.matcher(word);
    return drawls.find() ? List.of(drawls.replaceAll("$1"), drawls.replaceAll("$1$1")) : List.of();
  }

  /// Without it no letter is drawn out; a pair of chars is left to the pattern.
  private static boolean thrice(String word) {
    for (int i = 2; i < word.length(); i++) {
      char c = word.charAt(i);
      if (Character.isSurrogate(c)) return true;
      if (c == word.charAt(i - 1) && c == word.charAt(i - 2)) return true;
    }
    return false;
  }
}
