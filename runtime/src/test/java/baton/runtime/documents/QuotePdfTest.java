package baton.runtime.documents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
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
    assertTrue(text(sheet(List.of(), stamp)).contains("SUPERSEDED BY VERSION 3"));
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

  private static QuoteSheet sheet(List<String> buyer, Optional<String> standing) {
    return new QuoteSheet(
        "Q-1A2B3C4D",
        "q1a2b3c4d5e6f7a8b9c0d",
        2,
        standing,
        LocalDate.of(2027, 6, 7),
        LocalDate.of(2027, 6, 21),
        List.of("Northwind Sales Ltd.", "12 Harbour Street"),
        buyer,
        new QuoteSheet.Row(
            "Team", "per seat and month, from 50 seats", "120", "USD 22.50", "USD 2,700.00"),
        Optional.of(new QuoteSheet.Concession("Concession of 15 %", "– USD 405.00")),
        "Total per month",
        "USD 2,295.00",
        "Prices are net of tax.");
  }
}
