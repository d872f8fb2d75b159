package baton.runtime.interpreter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A text as a row of plain words, each with its place in the original.
///
/// @param questions numbers of the sentences that end in a question mark
record Utterance(String original, List<Word> words, Set<Integer> questions) {
  /// @param text as [Letters] has it, without apostrophes; letters and digits are words of their
  ///   own (`3pm` is two), and so are `%`, `#`, pictures, signs of currency and signs of scripts
  ///   that put no space between words
  /// @param from first character in the original
  /// @param to one past the last
  record Word(String text, int from, int to, int clause, int sentence) {
    boolean numeric() {
      return Character.isDigit(text.charAt(0));
    }
  }

  private static final String SIGNS = "%#$€£¥₹~";
  private static final String SENTENCE_ENDS = ".!?;\n…。？！；؟";
  private static final String QUESTIONS = "?？؟";
  private static final String CLAUSE_ENDS = ",:()—–\"“”«»、，：،";

  /// So many letters in a row, each by itself, are one word that was spelt out.
  private static final int SPELT_MIN = 4;

  /// No character below it combines with one before it.
  private static final int FIRST_MARK = 0x0300;

  /// Letters of "we'd", and of "wed".
  private static final int CONTRACTED_MAX = 3;

  Utterance {
    words = List.copyOf(words);
    questions = Set.copyOf(questions);
  }

  static Utterance of(String original) {
    return new Splitter(original, Markup.blanked(original)).split();
  }

  /// The same with blanks where characters cannot be seen, for words that were glued together.
  static Utterance unglued(String original) {
    var text = new StringBuilder(original);
    for (int i = 0; i < text.length(); i++) {
      if (Character.getType(text.charAt(i)) == Character.FORMAT) text.setCharAt(i, ' ');
    }
    return new Splitter(original, Markup.blanked(text.toString())).split();
  }

  /// The same without the words that lie within the span.
  Utterance without(int from, int to) {
    return only(word -> word.to <= from || word.from >= to);
  }

  Utterance only(Predicate<Word> kept) {
    return new Utterance(original, words.stream().filter(kept).toList(), questions);
  }

  int size() {
    return words.size();
  }

  /// The word at a place, or the empty string beyond either end.
  String at(int index) {
    return index < 0 || index >= words.size() ? "" : words.get(index).text;
  }

  /// The place of the first word that ends after a character.
  int placeOf(int character) {
    int low = 0;
    int high = words.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (words.get(middle).to <= character) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /// What stands between a word and the next, without blanks.
  String gap(int index) {
    if (index < 0 || index + 1 >= words.size()) return "";
    int from = words.get(index).to;
    int to = words.get(index + 1).from;
    return to - from > 3 ? "" : original.substring(Math.min(from, to), to).trim();
  }

  /// "9-11", "Monday – Wednesday".
  boolean dashed(int index) {
    var gap = gap(index);
    return gap.equals("-") || gap.equals("–") || gap.equals("—");
  }

  boolean sameSentence(int one, int other) {
    return words.get(one).sentence == words.get(other).sentence;
  }

  boolean sameClause(int one, int other) {
    return words.get(one).clause == words.get(other).clause;
  }

  /// Whether the word is written with a capital letter.
  boolean capital(int index) {
    return Character.isUpperCase(original.codePointAt(words.get(index).from));
  }

  /// Whether there is an apostrophe within the word: "we'd" is no Wednesday, "friday's" is one.
  boolean contracted(int index) {
    if (index < 0 || index >= words.size()) return false;
    var word = words.get(index);
    var written = original.substring(word.from, word.to);
    int mark = written.length() - 2;
    return word.text.length() <= CONTRACTED_MAX
        && mark > 0
        && Letters.apostrophe(written.codePointAt(mark));
  }

  boolean inQuestion(int index) {
    return questions.contains(words.get(index).sentence);
  }

  private static final class Splitter {
    private final String original;
    private final String text;
    private final List<Word> words = new ArrayList<>();
    private final Set<Integer> questions = new HashSet<>();
    private final StringBuilder word = new StringBuilder();
    private boolean number;
    private int from;
    private int to;
    private int clause;
    private int sentence;
    private int speltFrom;

    /// @param text as long as the original
    Splitter(String original, String text) {
      this.original = original;
      this.text = text;
    }

    Utterance split() {
      int at = 0;
      while (at < text.length()) {
        int begin = at;
        int end = clusterEnd(at);
        char c = text.charAt(begin);
        if (end == begin + 1 && c < 128) take(c >= 'A' && c <= 'Z' ? c + 32 : c, begin, end);
        else
          Letters.plain(text.substring(begin, end)).codePoints().forEach(p -> take(p, begin, end));
        at = end;
      }
      finish();
      joinSpelt();
      return new Utterance(original, words, questions);
    }

    /// A character together with the marks that combine with it.
    private int clusterEnd(int at) {
      int end = at + Character.charCount(text.codePointAt(at));
      while (end < text.length()
          && text.charAt(end) >= FIRST_MARK
          && Character.getType(text.codePointAt(end)) == Character.NON_SPACING_MARK) {
        end += Character.charCount(text.codePointAt(end));
      }
      return end;
    }

    private void take(int c, int at, int end) {
      if (c == ' ') finish();
      else if (c >= 'a' && c <= 'z') append(c, at, end, number);
      else takeOther(c, at, end);
    }

    private void takeOther(int c, int at, int end) {
      if (Letters.invisible(c) || Letters.apostrophe(c)) return;
      if (Character.isDigit(c)) {
        append('0' + Character.digit(c, 10), at, end, !number);
      } else if (Letters.letter(c)) {
        append(c, at, end, number || Letters.unspaced(c));
        if (Letters.unspaced(c)) finish();
      } else if (!(joinsDigits(c, end) || joinsInitials(c, end))) {
        separate(c, at, end);
      } else if (c != '.' || endsInDigit()) {
        append(c, at, end, false);
      }
    }

    private void separate(int c, int at, int end) {
      finish();
      if (SIGNS.indexOf(c) >= 0 || Letters.picture(c)) {
        append(c, at, end, true);
        finish();
      }
      if (SENTENCE_ENDS.indexOf(c) >= 0) {
        if (QUESTIONS.indexOf(c) >= 0) questions.add(sentence);
        sentence++;
        clause++;
        joinSpelt();
      }
      if (CLAUSE_ENDS.indexOf(c) >= 0 || spacedDash(c, at, end)) clause++;
    }

    private void append(int c, int at, int end, boolean anew) {
      if (anew) finish();
      if (word.isEmpty()) {
        from = at;
        number = Character.isDigit(c);
      }
      word.appendCodePoint(c);
      to = end;
    }

    private void finish() {
      if (word.isEmpty()) return;
      boolean single = word.length() == 1 && word.charAt(0) >= 'a' && word.charAt(0) <= 'z';
      if (!single) joinSpelt();
      words.add(new Word(word.toString(), from, to, clause, sentence));
      if (!single) speltFrom = words.size();
      word.setLength(0);
      number = false;
    }

    /// "s t o p" and "S-T-O-P".
    private void joinSpelt() {
      int count = words.size() - speltFrom;
      if (count >= SPELT_MIN) {
        var letters = words.subList(speltFrom, words.size());
        var whole = new StringBuilder();
        letters.forEach(letter -> whole.append(letter.text));
        var first = letters.getFirst();
        var joined =
            new Word(
                whole.toString(), first.from, letters.getLast().to, first.clause, first.sentence);
        letters.clear();
        words.add(joined);
      }
      speltFrom = words.size();
    }

    private boolean endsInDigit() {
      return !word.isEmpty() && Character.isDigit(word.charAt(word.length() - 1));
    }

    /// As in 1,000, 15:30, 11/24 and 2026-11-24; in 9-11 the dash is none of the number.
    private boolean joinsDigits(int c, int end) {
      if (!endsInDigit() || !digitAt(end)) return false;
      if (c == '-') return number && (word.length() == 4 || word.indexOf("-") == 4);
      return ".,:/".indexOf(c) >= 0 && number;
    }

    /// As in p.m.
    private boolean joinsInitials(int c, int end) {
      return c == '.'
          && !word.isEmpty()
          && !endsInDigit()
          && (word.length() == 1 || text.charAt(Math.max(0, to - 2)) == '.')
          && end < text.length()
          && Character.isLetter(text.charAt(end));
    }

    private boolean digitAt(int at) {
      return at < text.length() && Character.isDigit(text.charAt(at));
    }

    private boolean spacedDash(int c, int at, int end) {
      return c == '-'
          && at > 0
          && end < text.length()
          && Character.isWhitespace(text.charAt(at - 1))
          && Character.isWhitespace(text.charAt(end));
    }
  }
}
