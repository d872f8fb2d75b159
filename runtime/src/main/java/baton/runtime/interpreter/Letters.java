package baton.runtime.interpreter;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Letters as they are compared: lower case, compatibility forms resolved, without accents.
final class Letters {
  private static final String APOSTROPHES = "'`´‘’ʼ′";

  private static final Map<Integer, String> SPECIAL =
      Map.of(
          (int) 'ß', "ss", (int) 'ł', "l", (int) 'ø', "o", (int) 'đ', "d", (int) 'ı', "i",
          (int) 'æ', "ae", (int) 'œ', "oe", (int) 'ς', "σ", (int) 'ð', "d", (int) 'þ', "th");

  /// Letters of other scripts that look like Latin ones.
  private static final String LOOKALIKE = "аеорсухѕіјԁһтмквнορνακεтυι";

  private static final String LATIN = "aeopcyxsijdhtmkbhopvaketui";

  /// Thai is the first of the scripts that put no space between words.
  private static final int FIRST_UNSPACED = 0x0E00;

  private Letters() {}

  /// A row of words with single spaces between them.
  static Set<String> words(String row) {
    return Set.copyOf(List.of(row.split(" ")));
  }

  /// The words of all of them.
  @SafeVarargs
  static Set<String> all(Collection<String>... sets) {
    var all = new HashSet<String>();
    for (var set : sets) all.addAll(set);
    return Set.copyOf(all);
  }

  /// The plain form of a character and the marks that combine with it.
  static String plain(String cluster) {
    if (cluster.length() == 1 && cluster.charAt(0) < 128) {
      char c = cluster.charAt(0);
      return c >= 'A' && c <= 'Z' ? String.valueOf((char) (c + 32)) : cluster;
    }
    var lower =
        Normalizer.normalize(cluster, Normalizer.Form.NFKC)
            .codePoints()
            .map(Character::toLowerCase);
    var plain = new StringBuilder();
    lower.forEach(c -> {
      if (SPECIAL.containsKey(c)) plain.append(SPECIAL.get(c));
      else if (accented(c)) plain.append(withoutAccents(c));
      else plain.appendCodePoint(c);
    });
    return plain.toString();
  }

  private static boolean accented(int c) {
    return switch (UnicodeScript.of(c)) {
      case LATIN, GREEK, CYRILLIC -> c >= 128;
      default -> false;
    };
  }

  private static String withoutAccents(int c) {
    var parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
    return Character.toString(Character.toLowerCase(parts.codePointAt(0)));
  }

  /// A word in letters of other scripts that look like Latin ones, read as Latin; any other word as
  /// it is.
  static String unmasked(String word) {
    if (latin(word)) return word;
    var latin = new StringBuilder(word);
    for (int i = 0; i < word.length(); i++) {
      int place = LOOKALIKE.indexOf(word.charAt(i));
      if (place >= 0) latin.setCharAt(i, LATIN.charAt(place));
      else if (word.charAt(i) >= 128) return word;
    }
    return latin.toString();
  }

  private static boolean latin(String word) {
    for (int i = 0; i < word.length(); i++) if (word.charAt(i) >= 128) return false;
    return true;
  }

  static boolean apostrophe(int c) {
    return APOSTROPHES.indexOf(c) >= 0;
  }

  /// Written without spaces between words, so that each sign is taken for a word.
  static boolean unspaced(int c) {
    if (c < FIRST_UNSPACED) return false;
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, THAI -> true;
      default -> false;
    };
  }

  /// Pictures such as a thumb or a tick.
  static boolean picture(int c) {
    return Character.getType(c) == Character.OTHER_SYMBOL;
  }

  /// Whether there are characters in it that hold words together and cannot be seen.
  static boolean joined(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 && Character.getType(c) == Character.FORMAT) return true;
    }
    return false;
  }

  /// Nothing that can be seen: controls, joiners, marks, the tint of a thumb.
  static boolean invisible(int c) {
    int type = Character.getType(c);
    return (type == Character.CONTROL && !Character.isWhitespace(c))
        || type == Character.FORMAT
        || type == Character.NON_SPACING_MARK
        || (c >= 0x1F3FB && c <= 0x1F3FF);
  }

  static boolean letter(int c) {
    return Character.isLetter(c) || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }
}
