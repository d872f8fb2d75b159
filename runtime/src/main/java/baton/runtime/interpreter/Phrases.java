package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.policy.Lexicon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A lexicon's phrases, ready to be looked for.
final class Phrases {
  record Pattern(String signal, String value, int weight, List<Part> parts, Standing standing) {
    private boolean names(String word) {
      return parts.stream().anyMatch(part -> part.names.contains(word));
    }
  }

  /// A word of a phrase, with its alternatives, or what is skipped between two: `*` stands for up
  /// to three words, `**` for up to twenty.
  ///
  /// @param names empty where words are skipped
  /// @param skipMax 0 where one is named
  private record Part(Set<String> names, int skipMax) {
    static Part named(Set<String> words) {
      return new Part(words, 0);
    }
  }

  /// Where a phrase must stand to count.
  enum Standing {
    ANYWHERE,
    /// It makes a clause of its own.
    CLAUSE,
    /// Nothing of its clause stands before it.
    CLAUSE_START,
    /// Nothing of its clause follows it.
    CLAUSE_END,
    /// It is the whole message.
    MESSAGE
  }

  /// Where a phrase was found.
  ///
  /// @param covered places of the words it names; those that `*` skips are not among them
  record Match(Pattern pattern, BitSet covered, int confidence) {
    String signal() {
      return pattern.signal;
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

  private static final Part STAR = new Part(Set.of(), 3);
  private static final Part STARS = new Part(Set.of(), 20);
  private static final int SLIP = 10;
  private static final int MESSAGE_MAX = 12;

  /// May stand beside a phrase that counts only alone.
  private static final Set<String> COURTESY =
      Letters.words(
          "please pls plz now just ok okay thanks thank thx you hi hello hey and it so well oh"
              + " kindly immediately already no yes the a an this that all sorry then lol guys"
              + " man mate sir madam ffs u ya dear");

  /// Lists words that phrases name together: `<letter>` for any of those with the value `letter`.
  private static final String WORDS = "words";

  /// Lists words by which a language is known, and classes; nothing to look for as phrases.
  private static final Set<String> NO_PHRASES = Set.of(Signal.LANGUAGE, WORDS);

  private final Map<String, List<Pattern>> byFirstWord = new HashMap<>();
  private final Spelling spelling;

  /// @throws IllegalArgumentException where a phrase names words that no entry lists
  Phrases(Lexicon lexicon) {
    var classes = classes(lexicon);
    var known = new HashSet<String>();
    for (var entry : lexicon.entries()) {
      if (NO_PHRASES.contains(entry.signal())) continue;
      for (var phrase : entry.phrases()) {
        var pattern = pattern(entry, phrase, classes);
        for (var first : pattern.parts.getFirst().names) {
          byFirstWord.computeIfAbsent(first, _ -> new ArrayList<>()).add(pattern);
        }
        pattern.parts.forEach(part -> known.addAll(part.names));
      }
    }
    spelling = new Spelling(known);
  }

  /// `^stop$` counts only where it makes a clause of its own, `^^great$$` where it is the whole
  /// message, give or take a courtesy.
  private static Pattern pattern(
      Lexicon.Entry entry, String phrase, Map<String, Set<String>> classes) {
    var standing =
        phrase.startsWith("^^") && phrase.endsWith("$$")
            ? Standing.MESSAGE
            : phrase.startsWith("^") && phrase.endsWith("$")
                ? Standing.CLAUSE
                : phrase.endsWith("$")
                    ? Standing.CLAUSE_END
                    : phrase.startsWith("^") ? Standing.CLAUSE_START : Standing.ANYWHERE;
    var parts = new ArrayList<Part>();
    for (var part : phrase.replaceAll("[$^]", " ").trim().split("\\s+")) {
      if (part.equals("*")) parts.add(STAR);
      else if (part.equals("**")) parts.add(STARS);
      else if (part.contains("|") || part.startsWith("<")) {
        parts.add(Part.named(alternatives(part, classes)));
      } else {
        for (var word : Utterance.of(part).words()) parts.add(Part.named(Set.of(word.text())));
      }
    }
    if (parts.isEmpty() || parts.getFirst().skipMax > 0) {
      throw new IllegalArgumentException(
          "the phrase \"" + phrase + "\" of signal " + entry.signal() + " must begin with a word");
    }
    return new Pattern(entry.signal(), entry.value(), entry.weight(), List.copyOf(parts), standing);
  }

  /// "call|text|write", "<letter>", "<letter>|word".
  private static Set<String> alternatives(String part, Map<String, Set<String>> classes) {
    var words = new HashSet<String>();
    for (var word : part.split("\\|")) {
      if (word.startsWith("<") && word.endsWith(">")) {
        var listed = classes.get(word.substring(1, word.length() - 1));
        if (listed == null) {
          throw new IllegalArgumentException(
              "no entry \"signal: words\" of the lexicon has the words that "
                  + word
                  + " stands for; add one with that value");
        }
        words.addAll(listed);
      } else {
        for (var plain : Utterance.of(word).words()) words.add(plain.text());
      }
    }
    return Set.copyOf(words);
  }

  private static Map<String, Set<String>> classes(Lexicon lexicon) {
    var classes = new HashMap<String, Set<String>>();
    for (var entry : lexicon.entries()) {
      if (!entry.signal().equals(WORDS)) continue;
      var words = classes.computeIfAbsent(entry.value(), _ -> new HashSet<>());
      for (var phrase : entry.phrases()) {
        Utterance.of(phrase).words().forEach(word -> words.add(word.text()));
      }
    }
    return classes;
  }

  /// Every place at which a phrase stands, in order.
  ///
  /// @param without signals that are not looked for
  List<Match> in(Utterance text, Set<String> without) {
    var readings = text.words().stream().map(word -> spelling.readings(word.text())).toList();
    var found = new ArrayList<Match>();
    var covered = new BitSet(text.size());
    for (int i = 0; i < text.size(); i++) {
      for (var first : readings.get(i)) {
        for (var pattern : byFirstWord.getOrDefault(first, List.of())) {
          if (without.contains(pattern.signal)) continue;
          covered.clear();
          covered.set(i);
          if (!follow(text, readings, pattern, 1, i + 1, covered)) continue;
          var place = (BitSet) covered.clone();
          var match = new Match(pattern, place, confidence(text, pattern, place));
          if (counts(text, match)) found.add(match);
        }
      }
    }
    return found;
  }

  /// Whether the parts from this one on follow from this place on; their words are covered then.
  private static boolean follow(
      Utterance text,
      List<Set<String>> readings,
      Pattern pattern,
      int part,
      int place,
      BitSet covered) {
    if (part == pattern.parts.size()) return true;
    var next = pattern.parts.get(part);
    if (next.skipMax > 0) {
      for (int skipped = 0; skipped <= next.skipMax; skipped++) {
        if (follow(text, readings, pattern, part + 1, place + skipped, covered)) return true;
      }
      return false;
    }
    if (place >= text.size() || !anyOf(readings.get(place), next.names)) return false;
    if (!text.sameSentence(covered.nextSetBit(0), place)) return false;
    covered.set(place);
    if (follow(text, readings, pattern, part + 1, place + 1, covered)) return true;
    covered.clear(place);
    return false;
  }

  private static boolean anyOf(Set<String> readings, Set<String> named) {
    for (var reading : readings) if (named.contains(reading)) return true;
    return false;
  }

  private static int confidence(Utterance text, Pattern pattern, BitSet covered) {
    boolean slip = covered.stream().anyMatch(i -> !pattern.names(text.at(i)));
    return slip ? Math.max(1, pattern.weight - SLIP) : pattern.weight;
  }

  private static boolean counts(Utterance text, Match match) {
    var pattern = match.pattern;
    boolean answer = pattern.signal.equals(Signal.YES) || pattern.signal.equals(Signal.NO);
    if (answer && pattern.parts.size() == 1 && !exact(text, match)) return false;
    return switch (pattern.standing) {
      case ANYWHERE -> true;
      case CLAUSE -> alone(text, match, match.first(), -1) && alone(text, match, match.first(), 1);
      case CLAUSE_START -> alone(text, match, match.first(), -1);
      case CLAUSE_END -> alone(text, match, match.last(), 1);
      case MESSAGE -> text.size() <= MESSAGE_MAX && aloneInMessage(text, match);
    };
  }

  /// A one-word answer allows a drawl ("yesss") and no slip.
  private static boolean exact(Utterance text, Match match) {
    var word = match.pattern.parts.getFirst().names.iterator().next();
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
