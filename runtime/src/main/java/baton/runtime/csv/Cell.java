package baton.runtime.csv;

import java.util.Optional;
import java.util.regex.Pattern;

/// What may stand in a cell, and how it is written so that no spreadsheet takes it for a formula.
public final class Cell {
  /// What a spreadsheet takes for the beginning of a formula, in full width as well. Quotation
  /// marks before it are counted, so that what was marked as text is what is read back.
  private static final Pattern FORMULA =
      Pattern.compile("'*\\s*[=+@\\t\\r\\uff1d\\uff0b\\uff0d\\uff20-].*", Pattern.DOTALL);

  private Cell() {}

  /// The text as it is kept: without space around it, without invisible characters that change how
  /// a line reads or compares, and without the quotation mark that [#written] puts before formulas.
  public static String read(String cell) {
    var text = new StringBuilder(cell.length());
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (!isInvisible(c)) text.append(c);
    }
    String plain = text.toString().strip();
    boolean marked = plain.startsWith("'") && FORMULA.matcher(plain).matches();
    return marked ? plain.substring(1) : plain;
  }

  /// What is wrong with a cell that was read, and what to do; empty where nothing is.
  public static Optional<String> wrong(String cell, int maxChars) {
    if (cell.length() > maxChars) {
      return Optional.of("is longer than " + maxChars + " characters: shorten it");
    }
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
        return Optional.of("holds a control character (U+%04X): remove it".formatted((int) c));
      }
    }
    return Optional.empty();
  }

  /// A cell that begins as a formula does gets a quotation mark before it.
  public static String written(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  /// Marks that only steer the direction of text, and characters without width. Joiners stay: some
  /// scripts and emoji need them.
  private static boolean isInvisible(char c) {
    return c == '\u200b'
        || c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2060' && c <= '\u206f')
        || c == '\u061c'
        || c == '\ufeff';
  }
}
