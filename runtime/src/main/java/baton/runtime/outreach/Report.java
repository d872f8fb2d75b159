package baton.runtime.outreach;

import baton.runtime.outreach.LeadRow.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came of a file: how many rows, and each row that was not added.
public final class Report {
  /// Rows that are told of one by one.
  static final int ROWS_MAX = 10_000;

  private final List<Told> rows = new ArrayList<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  Report() {
    for (var result : List.of("added", "known", "twice", "refused")) counts.put(result, 0L);
  }

  /// @param result `known`, `twice` or `refused`
  public record Told(long line, String result, String column, String wrong) {}

  void one() {
    counts.merge("added", 1L, Long::sum);
  }

  void known(Fault fault) {
    told("known", fault);
  }

  void twice(Fault fault) {
    told("twice", fault);
  }

  void refused(Fault fault) {
    told("refused", fault);
  }

  private void told(String result, Fault fault) {
    counts.merge(result, 1L, Long::sum);
    if (rows.size() < ROWS_MAX) {
      rows.add(new Told(fault.line(), result, fault.column(), fault.wrong()));
    }
  }

  public long added() {
    return counts.get("added");
  }

  /// By result, all results.
  public Map<String, Long> counts() {
    return counts;
  }

  /// In the order of the file.
  public List<Told> rows() {
    return rows.stream().sorted(Comparator.comparingLong(Told::line)).toList();
  }

  /// How many rows are only counted.
  public long leftOut() {
    return counts.values().stream().mapToLong(n -> n).sum() - added() - rows.size();
  }
}
