package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.policy.Lexicon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the phrases of a lexicon: words, their alternatives, and what is skipped between them.
final class Patterns {
  record Pattern(String signal, String value, int weight, List<Part> parts, Standing standing) {
    boolean names(String word) {
      for (var part : parts) if (part.names.contains(word)) return true;
      return false;
    }
  }

  /// A word of a phrase, with its alternatives, or what is skipped between two: `*` stands for up
  /// to three words, `**` for up to twenty.
  ///
  /// @param names empty where words are skipped
  /// @param skipMax 0 where one is named
  record Part(Set<String> names, int skipMax) {
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

  private static final Part STAR = new Part(Set.of(), 3);
  private static final Part STARS = new Part(Set.of(), 20);

  /// Lists words that phrases name together: `<letter>` for any of those with the value `letter`.
  private static final String WORDS = "words";

  /// Lists words by which a language is known, and classes; nothing to look for as phrases.
  private static final Set<String> NO_PHRASES = Set.of(Signal.LANGUAGE, WORDS);

  private Patterns() {}

  /// Those of all phrases, in order.
  ///
  /// @throws IllegalArgumentException where a phrase names words that no entry lists
  static List<Pattern> of(Lexicon lexicon) {
    var classes = classes(lexicon);
    var patterns = new ArrayList<Pattern>();
    for (var entry : lexicon.entries()) {
      if (NO_PHRASES.contains(entry.signal())) continue;
      for (var phrase : entry.phrases()) patterns.add(pattern(entry, phrase, classes));
    }
    return patterns;
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
}
