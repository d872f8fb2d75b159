package baton.runtime.documents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;

class QuotePdfTest {
  @Test
  void allThatAQuoteSaysStandsOnOnePage() throws IOException {
    String text = text(sheet(List.of("Zoë Łukasiewicz", "zoe@acme.example"), Optional.empty()));
    for (var part :
        List.of(
            "Q-1A2B3C4D",
            "version 2",
            "7 June 2027",
            "21 June 2027",
            "19:04, New York time",
            "FROM",
            "HOW TO ORDER",
            "Say in our chat that you would like to order.",
            "Northwind Sales Ltd.",
            "Zoë Łukasiewicz",
            "zoe@acme.example",
            "Team",
            "per seat and month, from 50 seats",
            "120",
            "USD 22.50",
            "USD 2,700.00",
            "Concession of 15 %",
            "– USD 405.00",
            "Total per month",
            "USD 2,295.00",
            "Prices are net of tax.",
            "q1a2b3c4d5e6f7a8b9c0d")) {
      assertTrue(text.contains(part), part + " in " + text);
    }
    assertFalse(text.contains("SUPERSEDED"));
  }

  @Test
  void equalSheetsAreEqualBytesAndOtherSheetsAreNot() {
    var sheet = sheet(List.of("Ada"), Optional.empty());
    assertArrayEquals(QuotePdf.of(sheet), QuotePdf.of(sheet(List.of("Ada"), Optional.empty())));
    assertFalse(
        Arrays.equals(QuotePdf.of(sheet), QuotePdf.of(sheet(List.of("Eve"), Optional.empty()))));
  }

  @Test
  void whatDoesNotCountAnyMoreIsStamped() throws IOException {
    var stamp = Optional.of("SUPERSEDED BY VERSION 3");
    String text = text(sheet(List.of(), stamp));
    assertTrue(text.contains("SUPERSEDED BY VERSION 3"), text);
    assertFalse(text.contains("HOW TO ORDER"), text);
  }

  @Test
  void theStampCoversNothing() throws IOException {
    var stamp = Optional.of("SUPERSEDED BY VERSION 3");
    var places = places(sheet(List.of("Zoë Łukasiewicz"), stamp));
    var stamped = places.get("SUPERSEDED BY VERSION 3");
    places.forEach((words, place) -> {
      boolean apart = words.startsWith("SUPERSEDED") || !place.intersects(stamped);
      assertTrue(apart, words + " at " + place + " and the stamp at " + stamped);
    });
  }

  @Test
  void longNamesStayAboveWhatStandsBelowThem() throws IOException {
    var places =
        places(sheet(List.of("W".repeat(300), "A".repeat(200), "B".repeat(200)), Optional.empty()));
    double below =
        places.entrySet().stream()
            .filter(place -> place.getKey().matches("[WAB]+( …)?"))
            .mapToDouble(place -> place.getValue().getMaxY())
            .max()
            .orElseThrow();
    var head = places.get("PRODUCT");
    assertTrue(below < head.getMinY(), below + " and " + head + " in " + places.keySet());
  }

  @Test
  void oddTextIsSetWithoutHarm() throws IOException {
    String text =
        text(
            sheet(
                List.of(
                    "<b>Ada</b>\0\u202egnp.exe",
                    "\u65e5\u672c",
                    "half \ud800 pair",
                    "W".repeat(3_000)),
                Optional.empty()));
    assertTrue(text.contains("<b>Ada</b>gnp.exe"), text);
    assertTrue(text.contains("??"), text);
    assertTrue(text.contains("…"), text);
  }

  private static String text(QuoteSheet sheet) throws IOException {
    try (var document = Loader.loadPDF(QuotePdf.of(sheet))) {
      assertEquals(1, document.getNumberOfPages());
      return new PDFTextStripper().getText(document);
    }
  }

  /// Where each piece of text stands.
  private static Map<String, Rectangle2D> places(QuoteSheet sheet) throws IOException {
    var places = new HashMap<String, Rectangle2D>();
    try (var document = Loader.loadPDF(QuotePdf.of(sheet))) {
      new PDFTextStripper() {
        @Override
        protected void writeString(String text, List<TextPosition> at) {
          var first = at.getFirst();
          float width = at.getLast().getEndX() - first.getX();
          float top = first.getY() - first.getHeight();
          places.put(
              text,
              new Rectangle2D.Float(first.getX() - 8, top - 8, width + 16, first.getHeight() + 12));
        }
      }.getText(document);
    }
    return places;
  }

  private static QuoteSheet sheet(List<String> buyer, Optional<String> standing) {
    return new QuoteSheet(
        "Q-1A2B3C4D",
        "q1a2b3c4d5e6f7a8b9c0d",
        2,
        standing,
        LocalDate.of(2027, 6, 7),
        List.of("21 June 2027", "19:04, New York time"),
        List.of("Northwind Sales Ltd.", "12 Harbour Street"),
        buyer,
        new QuoteSheet.Row(
            "Team", "per seat and month, from 50 seats", "120", "USD 22.50", "USD 2,700.00"),
        Optional.of(new QuoteSheet.Concession("Concession of 15 %", "– USD 405.00")),
        "Total per month",
        "USD 2,295.00",
        standing.isEmpty() ? "Say in our chat that you would like to order." : "",
        "Prices are net of tax.");
  }
}
