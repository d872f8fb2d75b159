package baton.runtime.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;

/// How conversations are written down for auditors, one after the other as they are read.
public enum Format {
  /// An event a line, as JSON: see [JsonLines].
  JSONL,
  /// A row for each thing that was said, decided or moved: see [CsvRows].
  CSV,
  /// A page to read, on its own: see [HtmlPage].
  HTML;

  /// The stream stays open.
  ///
  /// @param sealed whether personal values are, which is said where there is room for it
  public void write(Stream<Exported> all, boolean sealed, OutputStream out) throws IOException {
    switch (this) {
      case JSONL -> JsonLines.write(all, sealed, out);
      case CSV -> CsvRows.write(all, out);
      case HTML -> HtmlPage.write(all, sealed, out);
    }
    out.flush();
  }
}
