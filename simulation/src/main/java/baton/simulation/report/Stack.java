package baton.simulation.report;

import java.util.ArrayList;
import java.util.List;

/// Parts of a whole along one line.
///
/// @param parts those that are not empty, in percent of the line
public record Stack(List<Part> parts) {
  /// @param kind how it looks
  public record Part(String x, String width, String kind, long count) {}

  public record Share(String kind, long count) {}

  /// @param whole what the line stands for; the rest of it stays empty
  static Stack of(long whole, List<Share> shares) {
    var parts = new ArrayList<Part>();
    long before = 0;
    for (var share : shares) {
      if (share.count() > 0) {
        parts.add(
            new Part(
                percent(before, whole),
                percent(share.count(), whole),
                share.kind(),
                share.count()));
      }
      before += share.count();
    }
    return new Stack(List.copyOf(parts));
  }

  private static String percent(long count, long whole) {
    return Wording.form("%.3f", 100.0 * count / whole);
  }
}
