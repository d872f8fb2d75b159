package baton.runtime.cli;

import java.util.ArrayList;
import java.util.List;

/// Words under a row of a table, broken between words.
final class Wrapped {
  static final int WIDTH_MAX = 80;

  private Wrapped() {}

  static List<String> lines(int indentChars, String words) {
    var lines = new ArrayList<String>();
    var indent = " ".repeat(indentChars);
    var now = new StringBuilder(indent);
    for (var word : words.split(" ")) {
      if (now.length() + word.length() > WIDTH_MAX && now.length() > indentChars) {
        lines.add(now.toString().stripTrailing());
        now = new StringBuilder(indent);
      }
      now.append(word).append(' ');
    }
    lines.add(now.toString().stripTrailing());
    return lines;
  }
}
