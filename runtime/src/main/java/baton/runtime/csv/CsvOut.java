package baton.runtime.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes CSV by RFC 4180 in UTF-8. No cell is a formula to a spreadsheet.
public final class CsvOut {
  private final CsvWriter out;

  public CsvOut(OutputStream out) {
    this.out =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .autoFlush(true)
            .build(out, StandardCharsets.UTF_8);
  }

  /// The first row names the columns.
  ///
  /// @throws java.io.UncheckedIOException where the stream takes no more
  public void row(List<String> cells) {
    out.writeRecord(cells.stream().map(Cell::written).toList());
  }
}
