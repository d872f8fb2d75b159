package baton.runtime.contacts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What came of a file of contacts.
public final class ImportReport {
  /// Rows that are told of one by one.
  static final int ROWS_MAX = 10_000;

  private final List<Refused> rows = new ArrayList<>();
  private long added;
  private long changed;
  private long unchanged;
  private long refused;

  ImportReport() {}

  /// A row of which nothing was taken.
  ///
  /// @param wrong what is wrong and what to do, quoting nothing of the row
  public record Refused(long line, String wrong) {}

  void added() {
    added++;
  }

  void changed() {
    changed++;
  }

  void unchanged() {
    unchanged++;
  }

  void refuse(long line, String wrong) {
    refused++;
    if (rows.size() < ROWS_MAX) rows.add(new Refused(line, wrong));
  }

  /// Contacts that are new.
  public long addedCount() {
    return added;
  }

  /// Rows that changed a contact.
  public long changedCount() {
    return changed;
  }

  /// Rows that said what was known.
  public long unchangedCount() {
    return unchanged;
  }

  public long refusedCount() {
    return refused;
  }

  long taken() {
    return added + changed + unchanged;
  }

  /// In the order of the file.
  public List<Refused> rows() {
    return rows.stream().sorted(Comparator.comparingLong(Refused::line)).toList();
  }

  /// How many refused rows are only counted.
  public long leftOut() {
    return refused - rows.size();
  }
}
