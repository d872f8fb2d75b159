package baton.runtime.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Bidi;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/// The one typeface of documents, embedded in each: Liberation Sans, which has Latin, Greek,
/// Cyrillic and Hebrew letters. A character that it has not shows as a question mark.
final class Type {
  private static final byte[] FONT = bytes();

  private final PDType0Font font;
  private final Map<Integer, Boolean> known = new HashMap<>();

  private Type(PDType0Font font) {
    this.font = font;
  }

  static Type in(PDDocument document) throws IOException {
    return new Type(PDType0Font.load(document, new ByteArrayInputStream(FONT), true));
  }

  PDType0Font font() {
    return font;
  }

  /// As it is set: one line, composed, in the order in which it is read, from left to right.
  String set(String text) {
    var set = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .filter(c -> !invisible(c))
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .forEach(c -> set.appendCodePoint(known.computeIfAbsent(c, this::has) ? c : '?'));
    return visual(set.toString());
  }

  float width(String set, float size) {
    try {
      return font.getStringWidth(set) * size / 1000;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // the font is in memory
    }
  }

  /// Broken at spaces, within words that are too long for a line, and at most so many lines.
  List<String> broken(List<String> paragraphs, float size, float width, int linesMax) {
    var lines = new ArrayList<String>();
    for (var paragraph : paragraphs) {
      for (var part : paragraph.split("\n")) lines.addAll(wrapped(part, size, width));
    }
    if (lines.size() <= linesMax) return lines;
    var cut = new ArrayList<>(lines.subList(0, linesMax));
    cut.set(linesMax - 1, cut.getLast() + " …");
    return cut;
  }

  private List<String> wrapped(String text, float size, float width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.strip().split("\\s+")) {
      if (!line.isEmpty() && width(set(line + " " + word), size) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) line.append(' ');
      for (int c : word.codePoints().toArray()) {
        String longer = line + Character.toString(c);
        if (width(set(longer), size) > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.appendCodePoint(c);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  private boolean has(int c) {
    try {
      font.encode(Character.toString(c));
      return true;
    } catch (IllegalArgumentException | IOException missing) {
      return false;
    }
  }

  private static boolean invisible(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c) && !Character.isWhitespace(c)
        || type == Character.FORMAT
        || type == Character.SURROGATE;
  }

  private static String visual(String text) {
    var bidi = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    if (bidi.isLeftToRight()) return text;
    var levels = new byte[bidi.getRunCount()];
    var runs = new String[levels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) bidi.getRunLevel(i);
      String run = text.substring(bidi.getRunStart(i), bidi.getRunLimit(i));
      runs[i] = levels[i] % 2 == 1 ? new StringBuilder(run).reverse().toString() : run;
    }
    Bidi.reorderVisually(levels, 0, runs, 0, runs.length);
    return String.join("", runs);
  }

  private static byte[] bytes() {
    try (var in =
        PDDocument.class.getResourceAsStream(
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
