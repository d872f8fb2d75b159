package baton.runtime.interpreter;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A text as a row of plain words, each with its place in the original.
///
/// @param questions numbers of the sentences that end in a question mark
record Utterance(String original, List<Word> words, Set<Integer> questions) {
  /// @param text lower case, NFKC, without apostrophes and invisible characters; letters and digits
  ///   are words of their own (`3pm` is two), and so are `%`, `#` and signs of currency
  /// @param from first character in the original
  /// @param to one past the last
  record Word(String text, int from, int to, int clause, int sentence) {
    boolean numeric() {
      return Character.isDigit(text.charAt(0));
    }
  }

  private static final String APOSTROPHES = "'`´‘’ʼ′";
  private static final String SIGNS = "%#$€£";
  private static final String SENTENCE_ENDS = ".!?;\n…。";
  private static final String CLAUSE_ENDS = ",:()—–\"“”";

  Utterance {
    words = List.copyOf(words);
    questions = Set.copyOf(questions);
  }

  static Utterance of(String original) {
    return new Splitter(original).split();
  }

  /// The same without the words that lie within the span.
  Utterance without(int from, int to) {
    var kept = words.stream().filter(word -> word.to <= from || word.from >= to).toList();
    return new Utterance(original, kept, questions);
  }

  int size() {
    return words.size();
  }

  /// The word at a place, or the empty string beyond either end.
  String at(int index) {
    return index < 0 || index >= words.size() ? "" : words.get(index).text;
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

  boolean inQuestion(int index) {
    return questions.contains(words.get(index).sentence);
  }

  private static final class Splitter {
    private final String text;
    private final List<Word> words = new ArrayList<>();
    private final Set<Integer> questions = new HashSet<>();
    private final StringBuilder word = new StringBuilder();
    private int from;
    private int to;
    private int clause;
    private int sentence;

    Splitter(String text) {
      this.text = text;
    }

    Utterance split() {
      int at = 0;
      while (at < text.length()) {
        int end = clusterEnd(at);
        var plain = Normalizer.normalize(text.substring(at, end), Normalizer.Form.NFKC);
        for (char c : plain.toLowerCase(Locale.ROOT).toCharArray()) take(c, at, end);
        at = end;
      }
      finish();
      return new Utterance(text, words, questions);
    }

    /// A character together with the marks that combine with it.
    private int clusterEnd(int at) {
      int end = at + Character.charCount(text.codePointAt(at));
      while (end < text.length()
          && Character.getType(text.codePointAt(end)) == Character.NON_SPACING_MARK) {
        end += Character.charCount(text.codePointAt(end));
      }
      return end;
    }

    private void take(char c, int at, int end) {
      if (invisible(c) || APOSTROPHES.indexOf(c) >= 0) return;
      if (Character.isDigit(c)) {
        append((char) ('0' + Character.digit(c, 10)), at, end, !isNumber());
      } else if (Character.isLetter(c) || Character.isSurrogate(c)) {
        append(c, at, end, isNumber());
      } else if (!(joinsDigits(c, end) || joinsInitials(c, end))) {
        separate(c, at, end);
      } else if (c != '.' || endsInDigit()) {
        append(c, at, end, false);
      }
    }

    private void separate(char c, int at, int end) {
      finish();
      if (SIGNS.indexOf(c) >= 0) {
        append(c, at, end, true);
        finish();
      }
      if (SENTENCE_ENDS.indexOf(c) >= 0) {
        if (c == '?') questions.add(sentence);
        sentence++;
        clause++;
      }
      if (CLAUSE_ENDS.indexOf(c) >= 0 || spacedDash(c, at, end)) clause++;
    }

    private void append(char c, int at, int end, boolean anew) {
      if (anew) finish();
      if (word.isEmpty()) from = at;
      word.append(c);
      to = end;
    }

    private void finish() {
      if (word.isEmpty()) return;
      words.add(new Word(word.toString(), from, to, clause, sentence));
      word.setLength(0);
    }

    private boolean isNumber() {
      return !word.isEmpty() && Character.isDigit(word.charAt(0));
    }

    private boolean endsInDigit() {
      return !word.isEmpty() && Character.isDigit(word.charAt(word.length() - 1));
    }

    /// As in 1,000, 15:30, 2026-11-24 and 11/24.
    private boolean joinsDigits(char c, int end) {
      return ".,:/-".indexOf(c) >= 0 && endsInDigit() && digitAt(end);
    }

    /// As in p.m.
    private boolean joinsInitials(char c, int end) {
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

    private boolean spacedDash(char c, int at, int end) {
      return c == '-'
          && at > 0
          && end < text.length()
          && Character.isWhitespace(text.charAt(at - 1))
          && Character.isWhitespace(text.charAt(end));
    }

    private static boolean invisible(char c) {
      int type = Character.getType(c);
      return (type == Character.CONTROL && !Character.isWhitespace(c))
          || type == Character.FORMAT
          || type == Character.NON_SPACING_MARK;
    }
  }
}
