package baton.simulation.report;

import java.util.ArrayList;
import java.util.List;

/// The hand-off graph: holders one below the other, and an arc for each way that conversations
/// took. Arcs on the right lead down, arcs on the left lead back up.
///
/// @param width in pixels, as are all coordinates
public record Arcs(int width, int height, List<Node> nodes, List<Arc> arcs) {
  private static final int NODE_WIDTH = 92;
  private static final int NODE_HEIGHT = 28;
  private static final int GAP = 60;
  private static final int BULGE = 24;
  private static final int STEP = 28;
  private static final int PORT = 5;
  private static final int LABEL = 48;
  private static final double STROKE_MIN = 1.5;
  private static final double STROKE_MAX = 9;

  /// @param x its left edge
  public record Node(String name, int x, int y, int width, int height) {
    public int middleX() {
      return x + width / 2;
    }

    public int middleY() {
      return y + height / 2;
    }
  }

  /// @param to decides how it looks: what goes to an end is quiet
  /// @param labelX of its count, which begins there on the right and ends there on the left
  public record Arc(
      String path, String stroke, boolean down, String to, int labelX, int labelY, long count) {}

  /// @param nodes in the order in which they are drawn
  /// @param moves between them; what was never taken is not drawn
  static Arcs of(List<String> nodes, List<Tally.MoveRow> moves) {
    var taken = moves.stream().filter(move -> move.count() > 0).toList();
    long most = taken.stream().mapToLong(Tally.MoveRow::count).max().orElse(1);
    int down = room(nodes, taken, true);
    int up = room(nodes, taken, false);
    int height = (nodes.size() - 1) * GAP + NODE_HEIGHT + 2;
    var drawn = new ArrayList<Node>();
    for (var name : nodes) {
      drawn.add(new Node(name, up, drawn.size() * GAP + 1, NODE_WIDTH, NODE_HEIGHT));
    }
    var arcs = taken.stream().map(move -> arc(nodes, move, up, most)).toList();
    return new Arcs(up + NODE_WIDTH + down, height, List.copyOf(drawn), arcs);
  }

  private static int room(List<String> nodes, List<Tally.MoveRow> moves, boolean down) {
    int depth =
        moves.stream()
            .mapToInt(move -> depth(nodes, move))
            .filter(each -> each > 0 == down)
            .map(Math::abs)
            .max()
            .orElse(0);
    return depth == 0 ? 1 : apex(depth) + LABEL;
  }

  private static int depth(List<String> nodes, Tally.MoveRow move) {
    return nodes.indexOf(move.to()) - nodes.indexOf(move.from());
  }

  /// How far it swings out: a cubic curve reaches three quarters of its handles.
  private static int apex(int depth) {
    return bulge(depth) * 3 / 4;
  }

  private static int bulge(int depth) {
    return BULGE + STEP * depth;
  }

  private static Arc arc(List<String> nodes, Tally.MoveRow move, int left, long most) {
    int depth = depth(nodes, move);
    boolean down = depth > 0;
    int side = down ? 1 : -1;
    int x = down ? left + NODE_WIDTH : left;
    int from = middle(nodes.indexOf(move.from())) + side * PORT;
    int to = middle(nodes.indexOf(move.to())) - side * PORT;
    int handle = x + side * bulge(Math.abs(depth));
    double stroke = Math.max(STROKE_MIN, STROKE_MAX * move.count() / most);
    int label = x + side * (apex(Math.abs(depth)) + (int) Math.ceil(stroke / 2) + 4);
    return new Arc(
        Wording.form("M%d %dC%d %d %d %d %d %d", x, from, handle, from, handle, to, x, to),
        Wording.form("%.1f", stroke),
        down,
        move.to(),
        label,
        (from + to) / 2 + 4,
        move.count());
  }

  private static int middle(int index) {
    return index * GAP + 1 + NODE_HEIGHT / 2;
  }
}
