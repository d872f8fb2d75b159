package baton.runtime.documents;

import baton.runtime.documents.Ink.Tone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/// Draws a quote as one A4 page. Equal sheets give equal bytes.
public final class QuotePdf {
  private static final float LEFT = 56;
  private static final float RIGHT = PDRectangle.A4.getWidth() - 56;
  private static final float TOP = PDRectangle.A4.getHeight() - 64;
  private static final float MIDDLE = 320;
  private static final float UNTIL = 440;
  private static final float SEATS = 312;
  private static final float EACH = 414;

  /// Between the edge of a table and what stands in it.
  private static final float PAD = 10;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private QuotePdf() {}

  public static byte[] of(QuoteSheet sheet) {
    try (var document = new PDDocument()) {
      var page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      describe(document, sheet);
      try (var content = new PDPageContentStream(document, page)) {
        draw(new Ink(content, Type.in(document)), sheet);
      }
      var out = new ByteArrayOutputStream();
      document.save(out, CompressParameters.NO_COMPRESSION);
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // everything is in memory
    }
  }

  private static void draw(Ink ink, QuoteSheet sheet) {
    ink.bar(0, PDRectangle.A4.getHeight() - 8, PDRectangle.A4.getWidth(), 8, Tone.BATON);
    ink.bold(LEFT, TOP - 16, 30, Tone.INK, "Quote");
    ink.text(LEFT, TOP - 38, 10.5f, Tone.SOFT, sheet.number() + "  ·  version " + sheet.version());
    sheet.standing().ifPresent(word -> ink.stamp(LEFT, TOP - 66, word));
    from(ink, sheet.seller());

    float y = TOP - 112;
    ink.label(LEFT, y, "FOR");
    people(ink, LEFT, y - 17, MIDDLE - LEFT - 24, sheet.buyer(), 4);
    ink.label(MIDDLE, y, "DATE");
    ink.text(MIDDLE, y - 17, 11, Tone.INK, DAY.format(sheet.made()));
    ink.label(UNTIL, y, "VALID UNTIL");
    ink.text(UNTIL, y - 17, 11, Tone.INK, sheet.validUntil().getFirst());
    var hour = sheet.validUntil().stream().skip(1).toList();
    ink.lines(UNTIL, y - 31, RIGHT - UNTIL, 9, 12, Tone.SOFT, hour, 2);

    float table = y - 96;
    head(ink, table);
    float below = row(ink, table - 36, sheet.row());
    below = concession(ink, below, sheet);
    total(ink, below - 26, sheet);
    float part = part(ink, below - 100, "HOW TO ORDER", sheet.ordering(), 4);
    part(ink, part, "TERMS", sheet.terms(), 15);
    ink.line(LEFT, 64, RIGHT, 0.5f, Tone.LINE);
    ink.text(LEFT, 48, 8, Tone.SOFT, sheet.id());
    ink.right(RIGHT, 48, 8, Tone.SOFT, "Page 1 of 1");
  }

  private static void from(Ink ink, List<String> seller) {
    if (seller.isEmpty()) return;
    ink.label(MIDDLE, TOP + 6, "FROM");
    people(ink, MIDDLE, TOP - 11, RIGHT - MIDDLE, seller, 6);
  }

  /// Who it is in bold, and what else is known of them.
  private static void people(
      Ink ink, float x, float y, float width, List<String> lines, int linesMax) {
    var who = lines.isEmpty() ? "–" : lines.getFirst();
    int bold = ink.boldLines(x, y, width, 11, 15, Tone.INK, who, linesMax / 2);
    var rest = lines.stream().skip(1).toList();
    ink.lines(x, y - 15 * bold, width, 10, 14, Tone.INK, rest, linesMax - bold);
  }

  private static void head(Ink ink, float y) {
    ink.bar(LEFT, y - 9, RIGHT - LEFT, 24, Tone.TINT);
    ink.text(LEFT + PAD, y, 8, Tone.SOFT, "PRODUCT");
    ink.right(SEATS, y, 8, Tone.SOFT, "SEATS");
    ink.right(EACH, y, 8, Tone.SOFT, "PER SEAT");
    ink.right(RIGHT - PAD, y, 8, Tone.SOFT, "AMOUNT");
  }

  private static float row(Ink ink, float y, QuoteSheet.Row row) {
    int lines =
        ink.lines(LEFT + PAD, y, SEATS - LEFT - 64, 12, 16, Tone.INK, List.of(row.product()), 2);
    float under = y - 16 * lines;
    ink.text(LEFT + PAD, under, 9, Tone.SOFT, row.detail());
    ink.fit(SEATS, y, 11, 48, row.seats(), Tone.INK);
    ink.fit(EACH, y, 11, EACH - SEATS - 10, row.perSeat(), Tone.INK);
    ink.fit(RIGHT - PAD, y, 11, RIGHT - EACH - 20, row.list(), Tone.INK);
    ink.line(LEFT, under - 14, RIGHT, 0.5f, Tone.LINE);
    return under - 14;
  }

  private static float concession(Ink ink, float y, QuoteSheet sheet) {
    if (sheet.concession().isEmpty()) return y;
    var concession = sheet.concession().get();
    ink.text(LEFT + PAD, y - 20, 11, Tone.INK, concession.words());
    ink.fit(RIGHT - PAD, y - 20, 11, RIGHT - EACH - 20, concession.off(), Tone.INK);
    ink.line(LEFT, y - 34, RIGHT, 0.5f, Tone.LINE);
    return y - 34;
  }

  private static void total(Ink ink, float y, QuoteSheet sheet) {
    ink.bar(MIDDLE, y - 26, RIGHT - MIDDLE, 40, Tone.BATON);
    ink.text(MIDDLE + 14, y - 10, 10, Tone.PAPER, sheet.totalFor());
    ink.fit(RIGHT - PAD, y - 12, 16, RIGHT - MIDDLE - 110, sheet.total(), Tone.PAPER);
  }

  /// @return where the next part begins
  private static float part(Ink ink, float y, String label, String text, int linesMax) {
    if (text.isEmpty()) return y;
    ink.label(LEFT, y, label);
    int lines = ink.lines(LEFT, y - 17, RIGHT - LEFT, 9.5f, 14, Tone.INK, List.of(text), linesMax);
    return y - 17 - 14 * lines - 16;
  }

  /// What a document would take from the clock and from chance comes from the sheet.
  private static void describe(PDDocument document, QuoteSheet sheet) {
    var about = document.getDocumentInformation();
    about.setTitle("Quote " + sheet.number());
    about.setProducer("Baton");
    about.setCreationDate(start(sheet.made()));
    about.setModificationDate(start(sheet.made()));
    document.getDocumentCatalog().setLanguage("en");
    var id = new COSArray();
    var digest = new COSString(digest(sheet));
    id.add(digest);
    id.add(digest);
    document.getDocument().getTrailer().setItem(COSName.ID, id);
    document.setDocumentId(start(sheet.made()).getTimeInMillis());
  }

  private static Calendar start(LocalDate day) {
    var calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    calendar.setTimeInMillis(day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli());
    return calendar;
  }

  private static byte[] digest(QuoteSheet sheet) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      byte[] all = digest.digest(sheet.toString().getBytes(StandardCharsets.UTF_8));
      return java.util.Arrays.copyOf(all, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
