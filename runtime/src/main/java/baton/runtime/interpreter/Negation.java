package baton.runtime.interpreter;

import java.util.Set;

/// Whether what stands at a place is taken back by the words before it.
final class Negation {
  private static final Set<String> NEGATORS =
      Set.of(
          "not",
          "dont",
          "doesnt",
          "didnt",
          "never",
          "isnt",
          "arent",
          "wasnt",
          "wont",
          "wouldnt",
          "cant",
          "cannot",
          "couldnt",
          "shouldnt",
          "aint",
          "without",
          "neither",
          "nor");

  /// What may stand between: "I do not want you to …", "not interested in …".
  private static final Set<String> LINKS =
      Set.of(
          "want",
          "wanna",
          "wanting",
          "wish",
          "going",
          "gonna",
          "to",
          "you",
          "asking",
          "ask",
          "say",
          "saying",
          "said",
          "me",
          "us",
          "that",
          "i",
          "need",
          "in",
          "for",
          "trying",
          "think",
          "mean",
          "really",
          "actually",
          "even",
          "ever",
          "a",
          "an",
          "the",
          "your",
          "be",
          "of",
          "any",
          "all",
          "do",
          "have",
          "make",
          "it",
          "feel",
          "very",
          "too",
          "so",
          "quite",
          "looking",
          "with",
          "speak",
          "talk",
          "am",
          "is",
          "are",
          "happy",
          "planning",
          "we");

  private static final int GAP_MAX = 4;

  private Negation() {}

  /// The place of the word that takes it back, or -1.
  static int before(Utterance text, int place) {
    for (int i = place - 1; i >= Math.max(0, place - 1 - GAP_MAX); i--) {
      if (!text.sameClause(i, place)) return -1;
      var word = text.at(i);
      if (NEGATORS.contains(word)) return rhetorical(text, i) ? -1 : i;
      if (word.equals("need") && text.at(i - 1).equals("no")) return i - 1;
      boolean links =
          LINKS.contains(word) || (word.equals("interested") && text.at(i + 1).equals("in"));
      if (!links) return -1;
    }
    return -1;
  }

  /// Whether one of the three words before a place, in its clause, negates.
  static boolean within(Utterance text, int place) {
    for (int i = place - 1; i >= Math.max(0, place - 3) && text.sameClause(i, place); i--) {
      if (NEGATORS.contains(text.at(i))) return true;
    }
    return false;
  }

  /// "Why don't you stop" and "can't you stop" ask for it; "why not" does so too.
  private static boolean rhetorical(Utterance text, int negator) {
    if (text.at(negator - 1).equals("why") || text.at(negator - 2).equals("why")) return true;
    boolean asks = Set.of("cant", "couldnt", "wont", "wouldnt").contains(text.at(negator));
    return asks && text.at(negator + 1).equals("you");
  }
}
