package baton.runtime.csv;

import java.util.Optional;

/// What may stand in a cell, and how it is written so that no spreadsheet takes it for a formula.
public final class Cell {
  private static final String FORMULA = "=+-@\t\r";

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
    boolean escaped =
        plain.length() > 1 && plain.charAt(0) == '\'' && FORMULA.indexOf(plain.charAt(1)) >= 0;
    return escaped ? plain.substring(1) : plain;
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
    String first = text.stripLeading();
    boolean formula =
        !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0
            || !first.isEmpty() && FORMULA.indexOf(first.charAt(0)) >= 0;
    return formula ? "'" + text : text;
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
