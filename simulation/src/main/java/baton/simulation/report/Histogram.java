package baton.simulation.report;

import java.util.ArrayList;
import java.util.List;

/// Bars over bins of equal width, whatever the bins mean.
///
/// @param most of the highest bar
/// @param marks named places on the axis
public record Histogram(
    int width, int height, List<Bar> bars, List<Edge> edges, List<Mark> marks, long most) {
  private static final int BARS_HEIGHT = 64;
  private static final int MARKS_HEIGHT = 20;
  private static final int EDGES_HEIGHT = 20;
  private static final int HEIGHT_MIN = 2;

  /// @param label the bin in words
  public record Bar(int x, int y, int width, int height, String label, long count) {}

  public record Edge(int x, String label) {}

  public record Mark(int x, String label) {}

  /// @param from the least value that it holds
  /// @param below the least that it does not
  /// @param starts how the axis names its lower edge, or empty
  public record Bin(long from, long below, String label, String starts) {}

  /// Where a name stands, before the bin that holds a value ends.
  public record Place(long value, String label) {}

  static Histogram of(Spread spread, List<Bin> bins, List<Place> places, int width) {
    int step = width / bins.size();
    int top = places.isEmpty() ? 0 : MARKS_HEIGHT;
    long most = 0;
    for (var bin : bins) most = Math.max(most, spread.within(bin.from(), bin.below()));
    var bars = new ArrayList<Bar>();
    var edges = new ArrayList<Edge>();
    for (int i = 0; i < bins.size(); i++) {
      var bin = bins.get(i);
      long count = spread.within(bin.from(), bin.below());
      int height = count == 0 ? 0 : Math.max(HEIGHT_MIN, (int) (BARS_HEIGHT * count / most));
      bars.add(
          new Bar(i * step + 1, top + BARS_HEIGHT - height, step - 2, height, bin.label(), count));
      if (!bin.starts().isEmpty()) edges.add(new Edge(i * step + inset(bin, step), bin.starts()));
    }
    var marks = places.stream().map(place -> mark(place, bins, step)).toList();
    return new Histogram(
        width, top + BARS_HEIGHT + EDGES_HEIGHT, List.copyOf(bars), edges, marks, most);
  }

  /// A bin that holds one value has its name below its middle.
  private static int inset(Bin bin, int step) {
    return bin.below() - bin.from() == 1 ? step / 2 : 0;
  }

  private static Mark mark(Place place, List<Bin> bins, int step) {
    int at = 0;
    while (at < bins.size() && bins.get(at).below() <= place.value()) at++;
    return new Mark(Math.min(at + 1, bins.size()) * step, place.label());
  }

  /// Where the bars stand.
  public int ground() {
    return height - EDGES_HEIGHT;
  }

  /// Where they may begin.
  public int top() {
    return ground() - BARS_HEIGHT;
  }
}
