package baton.runtime.interpreter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// Takes the tags and entities of HTML out of a text. Whoever types `<STOP>` has written a word.
final class Markup {
  private static final int TAG_CHARS_MAX = 300;
  private static final int ENTITY_CHARS_MAX = 8;

  private static final Set<String> TAGS =
      Letters.words(
          "a abbr b big blockquote body br button center code div em font form h1 h2 h3 h4 h5"
              + " h6 head hr html i iframe img input label li link meta object ol option p pre"
              + " s script section select small span strong style sub sup svg table tbody td"
              + " textarea th title tr u ul video");

  /// What stands between these and their ends is no text.
  private static final Set<String> SILENT = Set.of("script", "style");

  private Markup() {}

  /// A text of the same length with blanks for markup.
  static String blanked(String text) {
    if (text.indexOf('<') < 0 && text.indexOf('&') < 0) return text;
    var chars = text.toCharArray();
    int at = 0;
    while (at < text.length()) {
      int end =
          switch (text.charAt(at)) {
            case '<' -> tagEnd(text, at);
            case '&' -> entityEnd(text, at);
            default -> at;
          };
      Arrays.fill(chars, at, end, ' ');
      at = Math.max(end, at + 1);
    }
    return new String(chars);
  }

  /// One past the tag that begins at a place, or the place itself.
  private static int tagEnd(String text, int at) {
    int first = at + 1;
    if (first < text.length() && text.charAt(first) == '/') first++;
    int last = first;
    while (last < text.length() && last - first < 12 && letterOrDigit(text.charAt(last))) last++;
    var name = text.substring(first, last).toLowerCase(Locale.ROOT);
    if (!TAGS.contains(name)) return at;
    int limit = Math.min(text.length(), at + TAG_CHARS_MAX);
    int close = last;
    while (close < limit && text.charAt(close) != '>') close++;
    if (close == limit) return at;
    if (first == at + 1 && SILENT.contains(name)) {
      int end = text.indexOf("</" + name, close);
      if (end >= 0) return end;
    }
    return close + 1;
  }

  /// As in `&lt;` and `&#39;`.
  private static int entityEnd(String text, int at) {
    int limit = Math.min(text.length(), at + ENTITY_CHARS_MAX);
    for (int i = at + 1; i < limit; i++) {
      char c = text.charAt(i);
      if (c == ';') return i > at + 2 ? i + 1 : at;
      if (!letterOrDigit(c) && c != '#') return at;
    }
    return at;
  }

  private static boolean letterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
