package baton.runtime.interpreter;

import baton.runtime.interpreter.Patterns.Pattern;
import java.util.List;

/// The phrases that begin with one word, most of which cannot stand in a text and are passed over
/// by marks: bits for words, 63 for all of them, so that one that is missing tells of a word that
/// is, and one that is there tells nothing.
///
/// @param needs marks of the words that a phrase cannot do without
/// @param seconds marks of the words of which one must come second
record Shelf(Pattern[] patterns, long[] needs, long[] seconds) {
  /// Stands for no word, and is there always.
  static final long ANYTHING = 1;

  static Shelf of(List<Pattern> patterns) {
    return new Shelf(
        patterns.toArray(Pattern[]::new),
        patterns.stream().mapToLong(Shelf::needs).toArray(),
        patterns.stream().mapToLong(Shelf::second).toArray());
  }

  static long marks(Iterable<String> words) {
    long marks = ANYTHING;
    for (var word : words) marks |= 1L << Math.max(1, word.hashCode() * 0x9E3779B9 >>> 26);
    return marks;
  }

  private static long needs(Pattern pattern) {
    long needs = ANYTHING;
    for (var part : pattern.parts()) if (part.names().size() == 1) needs |= marks(part.names());
    return needs;
  }

  private static long second(Pattern pattern) {
    boolean anything = pattern.parts().size() == 1 || pattern.parts().get(1).skipMax() > 0;
    return anything ? ANYTHING : marks(pattern.parts().get(1).names()) & ~ANYTHING;
  }

  int size() {
    return patterns.length;
  }

  Pattern pattern(int place) {
    return patterns[place];
  }

  /// @param missing marks that no word of the text has
  /// @param second marks of the word that follows the first
  boolean mayStand(int place, long missing, long second) {
    return (needs[place] & missing) == 0 && (seconds[place] & second) != 0;
  }
}
