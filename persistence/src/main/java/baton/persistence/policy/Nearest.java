package baton.persistence.policy;

import java.util.Collection;
import java.util.Comparator;

/// Finds what an author may have meant.
public final class Nearest {
  private Nearest() {}

  /// `; did you mean "x"?`, or nothing where no known word is near.
  public static String to(String word, Collection<String> known) {
    return known.stream()
        .filter(other -> !other.equals(word) && distance(word, other) <= 2)
        .min(
            Comparator.comparingInt((String other) -> distance(word, other))
                .thenComparing(Comparator.naturalOrder()))
        .map(near -> "; did you mean \"" + near + "\"?")
        .orElse("");
  }

  /// How many letters must be put in, taken out or changed (Levenshtein 1966).
  private static int distance(String from, String to) {
    if (Math.abs(from.length() - to.length()) > 2) return 3;
    var row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[to.length()];
  }
}
