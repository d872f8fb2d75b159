package baton.runtime.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads a CSV file by RFC 4180, row by row, in UTF-8. Its first row names the columns. Holds one
/// row at a time, however long the file is.
public final class CsvFile implements AutoCloseable {
  private final CloseableIterator<CsvRecord> rows;
  private final Limits limits;
  private final List<String> columns;
  private long line = 1;

  /// Reads as far as the header.
  ///
  /// @param needed columns without which the file is of no use
  /// @throws Unreadable where it has no header that can be used
  public CsvFile(InputStream in, Limits limits, Set<String> needed) {
    this.limits = limits;
    this.rows =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .skipEmptyLines(true)
            .allowUnclosedQuote(false)
            .maxBufferSize(Limits.ROW_MAX_CHARS)
            .build(
                CsvRecordHandler.of(handler ->
                    handler
                        .maxFields(Math.max(limits.columnsMax() * 2, 100))
                        .maxFieldSize(Limits.ROW_MAX_CHARS)
                        .maxRecordSize(Limits.ROW_MAX_CHARS)),
                new Utf8(in))
            .iterator();
    this.columns = header(needed);
  }

  /// The names of the columns, lower case, in order.
  public List<String> columns() {
    return columns;
  }

  /// The next row that is not empty; empty at the end.
  ///
  /// @throws Unreadable where nothing more can be read: what was read before still counts
  public Optional<CsvRow> next() {
    var raw = raw();
    while (raw.isPresent() && isBlank(raw.get())) raw = raw();
    return raw.map(this::row);
  }

  private CsvRow row(CsvRecord raw) {
    long at = raw.getStartingLineNumber();
    if (raw.getFieldCount() != columns.size()) {
      return new CsvRow.Bad(
          at,
          "has %d cells where the header has %d: add or remove commas, or quote cells that hold one"
              .formatted(raw.getFieldCount(), columns.size()));
    }
    var cells = raw.getFields().stream().map(Cell::read).toList();
    for (int i = 0; i < cells.size(); i++) {
      var wrong = Cell.wrong(cells.get(i), limits.cellMaxChars());
      if (wrong.isPresent()) return new CsvRow.Bad(at, columns.get(i) + " " + wrong.get());
    }
    return new CsvRow.Good(at, columns, cells);
  }

  private static boolean isBlank(CsvRecord raw) {
    return raw.getFieldCount() == 1 && raw.getField(0).isBlank();
  }

  private List<String> header(Set<String> needed) {
    var raw = raw().orElseThrow(() -> new Unreadable("the file is empty: begin it with a header"));
    var names =
        raw.getFields().stream().map(name -> Cell.read(name).toLowerCase(Locale.ROOT)).toList();
    if (names.size() > limits.columnsMax()) {
      throw new Unreadable("line 1: more than " + limits.columnsMax() + " columns: leave some out");
    }
    if (names.size() == 1 && names.getFirst().matches(".*[;\\t].*")) {
      throw new Unreadable("line 1: the columns are not separated by commas: save it with commas");
    }
    var seen = new HashSet<String>();
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).matches("[a-z0-9][a-z0-9 ._-]{0,63}")) {
        throw new Unreadable(
            "line 1: column "
                + (i + 1)
                + " has no name of 1 to 64 letters a to z, digits, '.', '-', '_' and spaces: the"
                + " first line names the columns");
      }
      if (!seen.add(names.get(i))) {
        throw new Unreadable(
            "line 1: column '" + names.get(i) + "' is there twice: remove or rename one");
      }
    }
    for (var name : needed.stream().sorted().toList()) {
      if (!seen.contains(name)) throw new Unreadable("line 1: column '" + name + "' is missing");
    }
    return names;
  }

  private Optional<CsvRecord> raw() {
    try {
      if (!rows.hasNext()) return Optional.empty();
      var raw = rows.next();
      line = raw.getStartingLineNumber();
      return Optional.of(raw);
    } catch (CsvParseException broken) {
      throw told(broken, broken);
    } catch (UncheckedIOException unread) {
      throw told(
          unread, new UncheckedIOException("the file was not read to its end", unread.getCause()));
    }
  }

  /// The reader wraps what went wrong below it.
  private RuntimeException told(Throwable failure, RuntimeException otherwise) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Unreadable unreadable) return unreadable;
    }
    if (otherwise instanceof UncheckedIOException) return otherwise;
    return new Unreadable(
        "after line %d: a quotation mark is not closed or stands in the wrong place, or a row is"
                .formatted(line)
            + " longer than %d characters: double the quotation marks within quoted cells"
                .formatted(Limits.ROW_MAX_CHARS));
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException closing) {
      throw new UncheckedIOException(closing);
    }
  }
}
