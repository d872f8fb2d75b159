package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.policy.Lexicon;
import baton.runtime.interpreter.Patterns.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A lexicon's phrases, ready to be looked for.
final class Phrases {
  /// Where a phrase was found.
  ///
  /// @param covered places of the words it names; those that `*` skips are not among them
  record Match(Pattern pattern, BitSet covered, int confidence) {
    String signal() {
      return pattern.signal();
    }

    int first() {
      return covered.nextSetBit(0);
    }

    int last() {
      return covered.length() - 1;
    }

    /// Whether the other names every word that this one names, and more.
    boolean within(Match other) {
      if (other.covered.cardinality() <= covered.cardinality()) return false;
      var rest = (BitSet) covered.clone();
      rest.andNot(other.covered);
      return rest.isEmpty();
    }
  }

  private static final int SLIP = 10;
  private static final int MESSAGE_MAX = 12;

  /// May stand beside a phrase that counts only alone.
  private static final Set<String> COURTESY =
      Letters.words(
          "please pls plz now just ok okay thanks thank thx you hi hello hey and it so well oh"
              + " kindly immediately already no yes the a an this that all sorry then lol guys"
              + " man mate sir madam ffs u ya dear");

  private final Map<String, Shelf> byFirstWord = new HashMap<>();
  private final Spelling spelling;

  /// @throws IllegalArgumentException where a phrase names words that no entry lists
  Phrases(Lexicon lexicon) {
    var known = new HashSet<String>();
    var patterns = new HashMap<String, List<Pattern>>();
    for (var pattern : Patterns.of(lexicon)) {
      pattern.parts().forEach(part -> known.addAll(part.names()));
      if (saysNothing(pattern)) continue;
      for (var first : pattern.parts().getFirst().names()) {
        patterns.computeIfAbsent(first, _ -> new ArrayList<>()).add(pattern);
      }
    }
    patterns.forEach((first, all) -> byFirstWord.put(first, Shelf.of(all)));
    spelling = new Spelling(known);
  }

  /// A single word that is no name holds nothing within it that would be one.
  private static boolean saysNothing(Pattern pattern) {
    return pattern.signal().equals(Signal.NAME)
        && pattern.value().equals("never")
        && pattern.parts().size() == 1;
  }

  /// Every place at which a phrase stands, in order.
  ///
  /// @param without signals that are not looked for
  List<Match> in(Utterance text, Set<String> without) {
    var readings = new ArrayList<List<String>>(text.size());
    for (var word : text.words()) readings.add(spelling.readings(word.text()));
    var marks = new long[text.size() + 1];
    long missing = ~Shelf.ANYTHING;
    for (int i = 0; i < text.size(); i++) {
      marks[i] = Shelf.marks(readings.get(i));
      missing &= ~marks[i];
    }
    marks[text.size()] = Shelf.ANYTHING;
    var found = new ArrayList<Match>();
    for (int i = 0; i < text.size(); i++) {
      for (var first : readings.get(i)) {
        var shelf = byFirstWord.get(first);
        if (shelf == null) continue;
        for (int k = 0; k < shelf.size(); k++) {
          if (!shelf.mayStand(k, missing, marks[i + 1])) continue;
          match(text, readings, shelf.pattern(k), i)
              .filter(match -> !without.contains(match.signal()))
              .ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<Match> match(
      Utterance text, List<List<String>> readings, Pattern pattern, int place) {
    var covered = new BitSet(text.size());
    covered.set(place);
    if (!follow(text, readings, pattern, 1, place + 1, covered)) return Optional.empty();
    var match = new Match(pattern, covered, confidence(text, pattern, covered));
    return counts(text, match) ? Optional.of(match) : Optional.empty();
  }

  /// Whether the parts from this one on follow from this place on; their words are covered then.
  private static boolean follow(
      Utterance text,
      List<List<String>> readings,
      Pattern pattern,
      int part,
      int place,
      BitSet covered) {
    if (part == pattern.parts().size()) return true;
    var next = pattern.parts().get(part);
    if (next.skipMax() > 0) {
      for (int skipped = 0; skipped <= next.skipMax(); skipped++) {
        if (follow(text, readings, pattern, part + 1, place + skipped, covered)) return true;
      }
      return false;
    }
    if (place >= text.size() || !anyOf(readings.get(place), next.names())) return false;
    if (!text.sameSentence(covered.nextSetBit(0), place)) return false;
    covered.set(place);
    if (follow(text, readings, pattern, part + 1, place + 1, covered)) return true;
    covered.clear(place);
    return false;
  }

  private static boolean anyOf(List<String> readings, Set<String> named) {
    for (var reading : readings) if (named.contains(reading)) return true;
    return false;
  }

  private static int confidence(Utterance text, Pattern pattern, BitSet covered) {
    for (int i = covered.nextSetBit(0); i >= 0; i = covered.nextSetBit(i + 1)) {
      if (!pattern.names(text.at(i))) return Math.max(1, pattern.weight() - SLIP);
    }
    return pattern.weight();
  }

  private static boolean counts(Utterance text, Match match) {
    var pattern = match.pattern;
    boolean answer = pattern.signal().equals(Signal.YES) || pattern.signal().equals(Signal.NO);
    if (answer && pattern.parts().size() == 1 && !exact(text, match)) return false;
    return switch (pattern.standing()) {
      case ANYWHERE -> true;
      case CLAUSE -> alone(text, match, match.first(), -1) && alone(text, match, match.first(), 1);
      case CLAUSE_START -> alone(text, match, match.first(), -1);
      case CLAUSE_END -> alone(text, match, match.last(), 1);
      case MESSAGE -> text.size() <= MESSAGE_MAX && aloneInMessage(text, match);
    };
  }

  /// A one-word answer allows a drawl ("yesss") and no slip.
  private static boolean exact(Utterance text, Match match) {
    var word = match.pattern.parts().getFirst().names().iterator().next();
    return Arrays.equals(
        text.at(match.first()).codePoints().distinct().toArray(),
        word.codePoints().distinct().toArray());
  }

  private static boolean alone(Utterance text, Match match, int from, int step) {
    for (int i = from; i >= 0 && i < text.size() && text.sameClause(i, from); i += step) {
      if (!beside(text, match, i)) return false;
    }
    return true;
  }

  private static boolean aloneInMessage(Utterance text, Match match) {
    for (int i = 0; i < text.size(); i++) if (!beside(text, match, i)) return false;
    return true;
  }

  private static boolean beside(Utterance text, Match match, int i) {
    var word = text.at(i);
    return match.covered.get(i)
        || COURTESY.contains(word)
        || match.pattern.names(word)
        || Letters.picture(word.codePointAt(0));
  }
}
