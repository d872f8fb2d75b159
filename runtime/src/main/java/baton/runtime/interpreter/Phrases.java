package baton.runtime.interpreter;

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
  /// @param words the phrase's words; `*` stands for up to three
  /// @param alone whether it counts only where it makes a clause of its own
  record Pattern(String signal, String value, int weight, List<String> words, boolean alone) {}

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

  private static final int STAR_MAX = 3;
  private static final int SLIP = 10;

  /// May stand beside a phrase that counts only alone.
  private static final Set<String> COURTESY =
      Set.of(
          "please",
          "pls",
          "plz",
          "now",
          "just",
          "ok",
          "okay",
          "thanks",
          "thank",
          "you",
          "hi",
          "hello",
          "hey",
          "and",
          "it",
          "so",
          "well",
          "oh",
          "kindly",
          "immediately",
          "already",
          "no",
          "yes",
          "the",
          "a",
          "an",
          "this",
          "that",
          "all",
          "sorry");

  private final Map<String, List<Pattern>> byFirstWord = new HashMap<>();
  private final Spelling spelling;

  Phrases(Lexicon lexicon) {
    var known = new HashSet<String>();
    for (var entry : lexicon.entries()) {
      for (var phrase : entry.phrases()) {
        var pattern = pattern(entry, phrase);
        byFirstWord.computeIfAbsent(pattern.words.getFirst(), _ -> new ArrayList<>()).add(pattern);
        known.addAll(pattern.words);
      }
    }
    spelling = new Spelling(known);
  }

  /// `^stop$` counts only where it makes a clause of its own, give or take a courtesy.
  private static Pattern pattern(Lexicon.Entry entry, String phrase) {
    boolean alone = phrase.startsWith("^") && phrase.endsWith("$");
    var words = new ArrayList<String>();
    for (var part : phrase.replaceAll("[$^]", " ").trim().split("\\s+")) {
      if (part.equals("*")) words.add(part);
      else for (var word : Utterance.of(part).words()) words.add(word.text());
    }
    if (words.isEmpty() || words.getFirst().equals("*")) {
      throw new IllegalArgumentException(
          "the phrase \"" + phrase + "\" of signal " + entry.signal() + " must begin with a word");
    }
    return new Pattern(entry.signal(), entry.value(), entry.weight(), List.copyOf(words), alone);
  }

  /// Every place at which a phrase stands, in order.
  List<Match> in(Utterance text) {
    var readings = text.words().stream().map(word -> spelling.readings(word.text())).toList();
    var found = new ArrayList<Match>();
    for (int i = 0; i < text.size(); i++) {
      for (var first : readings.get(i)) {
        for (var pattern : byFirstWord.getOrDefault(first, List.of())) {
          var covered = new BitSet();
          if (!follow(text, readings, pattern, 0, i, covered)) continue;
          var match = new Match(pattern, covered, confidence(text, pattern, covered));
          if (counts(text, match)) found.add(match);
        }
      }
    }
    return found;
  }

  private static boolean follow(
      Utterance text,
      List<Set<String>> readings,
      Pattern pattern,
      int part,
      int place,
      BitSet covered) {
    if (part == pattern.words.size()) return true;
    boolean star = pattern.words.get(part).equals("*");
    if (star) {
      for (int skipped = 0; skipped <= STAR_MAX; skipped++) {
        if (follow(text, readings, pattern, part + 1, place + skipped, covered)) return true;
      }
      return false;
    }
    if (place >= text.size() || !readings.get(place).contains(pattern.words.get(part))) {
      return false;
    }
    if (!covered.isEmpty() && !text.sameSentence(covered.nextSetBit(0), place)) return false;
    covered.set(place);
    if (follow(text, readings, pattern, part + 1, place + 1, covered)) return true;
    covered.clear(place);
    return false;
  }

  private static int confidence(Utterance text, Pattern pattern, BitSet covered) {
    boolean slip = covered.stream().anyMatch(i -> !pattern.words.contains(text.at(i)));
    return slip ? Math.max(1, pattern.weight - SLIP) : pattern.weight;
  }

  private static boolean counts(Utterance text, Match match) {
    var pattern = match.pattern;
    boolean answer = pattern.signal.equals("yes") || pattern.signal.equals("no");
    if (answer && pattern.words.size() == 1 && !exact(text, match)) return false;
    return !pattern.alone || alone(text, match);
  }

  /// A one-word answer allows a drawl ("yesss") and no slip.
  private static boolean exact(Utterance text, Match match) {
    var word = match.pattern.words.getFirst();
    return Arrays.equals(
        text.at(match.first()).chars().distinct().toArray(), word.chars().distinct().toArray());
  }

  private static boolean alone(Utterance text, Match match) {
    int first = match.first();
    for (int i = 0; i < text.size(); i++) {
      if (!text.sameClause(i, first) || match.covered.get(i)) continue;
      var word = text.at(i);
      if (!COURTESY.contains(word) && !match.pattern.words.contains(word)) return false;
    }
    return true;
  }
}
