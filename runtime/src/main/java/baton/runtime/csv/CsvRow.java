package baton.runtime.csv;

import java.util.List;
import java.util.Optional;

/// A row of a CSV file.
public sealed interface CsvRow {
  /// Number of the line in the file where it begins; the first is 1.
  long line();

  /// @param columns the header's names, lower case
  /// @param cells as many as there are columns, cleaned by [Cell#read]
  record Good(long line, List<String> columns, List<String> cells) implements CsvRow {
    /// Empty where there is no such column, or nothing stands in it.
    public Optional<String> cell(String column) {
      int at = columns.indexOf(column);
      return at < 0 ? Optional.empty() : Optional.of(cells.get(at)).filter(cell -> !cell.isEmpty());
    }
  }

  /// @param wrong what is wrong and what to do, quoting nothing of the row
  record Bad(long line, String wrong) implements CsvRow {}
}
