package baton.runtime.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CsvFileTest {
  @Test
  void cellsMayHoldCommasQuotesAndLineEnds() {
    assertEquals(
        List.of("2 [Acme, Inc., said \"hi\"]", "3 [two\nlines, x]", "5 [, ]"),
        rows("name,note\r\n\"Acme, Inc.\",\"said \"\"hi\"\"\"\r\n\"two\nlines\",x\r\n,\r\n"));
  }

  @Test
  void aByteOrderMarkBelongsToNoCell() {
    assertEquals(List.of("2 [Zoë]"), rows("\ufeffNAME\nZoë\n"));
  }

  @Test
  void charactersAcrossReadsOfOneByteAreWhole() {
    var bytes = "name\n😀é\n".getBytes(UTF_8);
    var trickle =
        new InputStream() {
          private int next;

          @Override
          public int read() {
            return next < bytes.length ? bytes[next++] & 0xff : -1;
          }

          @Override
          public int read(byte[] target, int from, int length) {
            int one = read();
            if (one < 0) return -1;
            target[from] = (byte) one;
            return 1;
          }
        };
    assertEquals(List.of("2 [😀é]"), rows(trickle));
  }

  @Test
  void anotherEncodingIsRefusedWithTheByte() {
    assertEquals(
        "byte 7: 0xEB is not UTF-8: save the file as CSV in UTF-8",
        refusal("name\nZoë\n".getBytes(ISO_8859_1)));
    assertEquals(
        "byte 0: this is UTF-16: save the file as CSV in UTF-8",
        refusal("name\nZoë\n".getBytes(UTF_16)));
    assertEquals(
        "byte 0: this is UTF-16: save the file as CSV in UTF-8",
        refusal("name\nZoë\n".getBytes(UTF_16LE)));
    assertEquals(
        "byte 0: this is a spreadsheet or an archive: save the file as CSV in UTF-8",
        refusal("PK\u0003\u0004zip".getBytes(UTF_8)));
    var far = ("name\n" + "é\n".repeat(100_000)).getBytes(UTF_8);
    far[250_004] = (byte) 0xff;
    assertTrue(refusal(far).startsWith("byte 250004: 0xFF is not UTF-8"));
    assertTrue(refusal("name\nab\u00e9".getBytes(ISO_8859_1)).startsWith("byte 7: 0xE9"));
  }

  @Test
  void aBadRowIsToldByItsLineAndTheNextOnesAreRead() {
    assertEquals(
        List.of(
            "2 has 1 cells where the header has 2: add or remove commas, or quote cells that hold"
                + " one",
            "4 [a, b]",
            "5 note holds a control character (U+0000): remove it",
            "6 name is longer than 4000 characters: shorten it",
            "7 [c, d]"),
        rows("name,note\nx\n\na,b\na,x\0y\n" + "x".repeat(4001) + ",y\nc,d\n"));
  }

  @Test
  void aHeaderThatCannotBeUsedIsRefusedInOneLine() {
    assertEquals("the file is empty: begin it with a header", refusal(""));
    assertEquals("line 1: column 'name' is missing", refusal("a,b\n"));
    assertEquals(
        "line 1: column 'name' is there twice: remove or rename one", refusal("name,Name\n"));
    assertEquals(
        "line 1: the columns are not separated by commas: save it with commas",
        refusal("name;note\n"));
    assertTrue(refusal("name,<b>\n").startsWith("line 1: column 2 has no name of 1 to 64 letters"));
    assertEquals(
        "line 1: more than 100 columns: leave some out", refusal("name" + ",x".repeat(100) + "\n"));
  }

  @Test
  void aQuotationMarkThatIsNotClosedEndsTheReadingWithoutHoldingTheFile() {
    assertTrue(refusal("name\na\n\"b\nc\n").startsWith("after line 2: a quotation mark"));
    assertTrue(refusal("name\n\"b\"c\n").startsWith("after line 1: a quotation mark"));
    assertTrue(
        refusal(new Endless("name\n\"", "still open, ")).startsWith("after line 1: a quotation"));
  }

  @Test
  void invisibleCharactersAreLeftOutAndJoinersStay() {
    assertEquals(
        List.of("2 [<b>Acme</b> moc., \u0645\u06cc\u200c\u062e]"),
        rows("name,note\n\u200b<b>Ac\u2060me</b> \u202emoc.\u202c,\u0645\u06cc\u200c\u062e\n"));
  }

  @Test
  void whatIsWrittenIsNoFormulaAndIsReadAsItWas() {
    var cells = List.of("=1+1", "+1 555 0100", "-5", "@me", " =x", "a,b", "\"q\"", "plain", "'s");
    var out = new ByteArrayOutputStream();
    var csv = new CsvOut(out);
    csv.row(List.of("name", "b", "c", "d", "e", "f", "g", "h", "i"));
    csv.row(cells);
    String written = out.toString(UTF_8);
    assertEquals(
        "name,b,c,d,e,f,g,h,i\r\n"
            + "'=1+1,'+1 555 0100,'-5,'@me,' =x,\"a,b\",\"\"\"q\"\"\",plain,'s\r\n",
        written);
    var read = (CsvRow.Good) file(written).next().orElseThrow();
    assertEquals(cells.subList(0, 4), read.cells().subList(0, 4));
    assertEquals(cells.subList(5, 9), read.cells().subList(5, 9));
  }

  @Test
  void aMillionRowsAreReadOneAtATime() {
    var file = new CsvFile(new Endless("name,n\n", "Acme,1\n"), Limits.standard(), Set.of());
    for (int row = 1; row <= 1_000_000; row++) assertEquals(1 + row, file.next().get().line());
  }

  @Test
  void anyBytesAreReadOrRefusedInOneLine() {
    for (long seed = 1; seed <= 300; seed++) {
      var random = new Random(seed);
      var bytes = new byte[random.nextInt(400)];
      for (int i = 0; i < bytes.length; i++) {
        String usual = "name,\"\n\r;é";
        bytes[i] =
            random.nextInt(200) == 0
                ? (byte) random.nextInt()
                : (byte) usual.charAt(random.nextInt(usual.length() - 1));
      }
      try {
        rows(new ByteArrayInputStream(bytes));
      } catch (Unreadable refused) {
        assertEquals(1, refused.getMessage().lines().count(), "seed " + seed);
      }
    }
  }

  /// A file without an end.
  private static final class Endless extends InputStream {
    private final byte[] head;
    private final byte[] then;
    private long at;

    Endless(String head, String then) {
      this.head = head.getBytes(UTF_8);
      this.then = then.getBytes(UTF_8);
    }

    @Override
    public int read() {
      long i = at++;
      return i < head.length ? head[(int) i] : then[(int) ((i - head.length) % then.length)];
    }
  }

  private static CsvFile file(String text) {
    return new CsvFile(
        new ByteArrayInputStream(text.getBytes(UTF_8)), Limits.standard(), Set.of("name"));
  }

  private static List<String> rows(String text) {
    return rows(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static List<String> rows(InputStream in) {
    var rows = new ArrayList<String>();
    try (var file = new CsvFile(in, Limits.standard(), Set.of("name"))) {
      for (var row = file.next(); row.isPresent(); row = file.next()) {
        rows.add(
            switch (row.get()) {
              case CsvRow.Good(var line, _, var cells) -> line + " " + cells;
              case CsvRow.Bad(var line, var wrong) -> line + " " + wrong;
            });
      }
    }
    return rows;
  }

  private static String refusal(String text) {
    return refusal(text.getBytes(UTF_8));
  }

  private static String refusal(byte[] bytes) {
    return refusal(new ByteArrayInputStream(bytes));
  }

  private static String refusal(InputStream in) {
    return assertThrows(Unreadable.class, () -> rows(in)).getMessage();
  }
}
