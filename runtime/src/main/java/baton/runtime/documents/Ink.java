package baton.runtime.documents;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/// Draws on a page. Points from its lower left corner.
final class Ink {
  /// The colours of documents: those of the pages, in light.
  enum Tone {
    INK(0x14201b),
    SOFT(0x5f6b64),
    LINE(0xd3dad6),
    BATON(0x0a5f59),
    TINT(0xe1efed),
    PAPER(0xffffff),
    ALERT(0xb0241c);

    private final Color color;

    Tone(int rgb) {
      color = new Color(rgb);
    }
  }

  /// The stroke around a bold letter, as a part of its size.
  private static final float HEAVIER = 0.02f;

  private static final float LABEL_SIZE = 7.5f;
  private static final float LABEL_SPACING = 0.6f;

  private final PDPageContentStream page;
  private final Type type;

  Ink(PDPageContentStream page, Type type) {
    this.page = page;
    this.type = type;
  }

  void text(float x, float y, float size, Tone tone, String text) {
    show(x, y, size, tone, type.set(text));
  }

  /// As heavy as a bold one: documents have one typeface.
  void bold(float x, float y, float size, Tone tone, String text) {
    draw(() -> {
      page.setRenderingMode(RenderingMode.FILL_STROKE);
      page.setStrokingColor(tone.color);
      page.setLineWidth(size * HEAVIER);
    });
    text(x, y, size, tone, text);
    draw(() -> page.setRenderingMode(RenderingMode.FILL));
  }

  /// @return how many lines it took
  int boldLines(
      float x,
      float y,
      float width,
      float size,
      float leading,
      Tone tone,
      String text,
      int linesMax) {
    var lines = type.broken(List.of(text), size, width, linesMax);
    for (int i = 0; i < lines.size(); i++) bold(x, y - i * leading, size, tone, lines.get(i));
    return lines.size();
  }

  /// With a gap between letters: what stands over a part.
  void label(float x, float y, String text) {
    draw(() -> page.setCharacterSpacing(LABEL_SPACING));
    text(x, y, LABEL_SIZE, Tone.SOFT, text);
    draw(() -> page.setCharacterSpacing(0));
  }

  void right(float x, float y, float size, Tone tone, String text) {
    String set = type.set(text);
    show(x - type.width(set, size), y, size, tone, set);
  }

  /// To the right, smaller where it would be wider than it may.
  void fit(float x, float y, float sizeMax, float width, String text, Tone tone) {
    float wide = type.width(type.set(text), sizeMax);
    right(x, y, wide <= width ? sizeMax : sizeMax * width / wide, tone, text);
  }

  /// @return how many lines it took
  int lines(
      float x,
      float y,
      float width,
      float size,
      float leading,
      Tone tone,
      List<String> text,
      int linesMax) {
    var lines = type.broken(text, size, width, linesMax);
    for (int i = 0; i < lines.size(); i++) text(x, y - i * leading, size, tone, lines.get(i));
    return lines.size();
  }

  void line(float x, float y, float toX, float thick, Tone tone) {
    bar(x, y - thick / 2, toX - x, thick, tone);
  }

  void bar(float x, float y, float width, float height, Tone tone) {
    draw(() -> {
      page.setNonStrokingColor(tone.color);
      page.addRect(x, y, width, height);
      page.fill();
    });
  }

  /// A word in a frame, for how it stands with the whole document.
  void stamp(float x, float y, String word) {
    String set = type.set(word);
    float width = type.width(set, 10) + 16;
    draw(() -> {
      page.setStrokingColor(Tone.ALERT.color);
      page.setLineWidth(1);
      page.addRect(x, y - 5, width, 20);
      page.stroke();
    });
    show(x + 8, y + 1.5f, 10, Tone.ALERT, set);
  }

  private void show(float x, float y, float size, Tone tone, String set) {
    draw(() -> {
      page.beginText();
      page.setNonStrokingColor(tone.color);
      page.setFont(type.font(), size);
      page.newLineAtOffset(x, y);
      page.showText(set);
      page.endText();
    });
  }

  private interface Stroke {
    void draw() throws IOException;
  }

  private static void draw(Stroke stroke) {
    try {
      stroke.draw();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // the page is in memory
    }
  }
}
