package baton.runtime.pages.console;

import baton.runtime.view.Track;
import baton.runtime.view.Track.Bar;
import baton.runtime.view.Track.Dot;
import baton.runtime.view.Track.Gap;
import baton.runtime.view.Track.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The hand-off track as columns from left to right. The axis is by event: a column is as wide as
/// what it has to show, and a gap is never too narrow to be seen.
///
/// @param lanes their names, top to bottom
public record TrackShape(List<String> lanes, List<Column> columns, String sentence) {
  private static final int WIDTH_MAX = 12;
  private static final int CROSSING_MAX = 4;

  /// A cause of this length fits the narrowest column.
  private static final int SHORT_MAX_CHARS = 8;

  /// @param lane which one, from 0; -1 where nobody has the lease
  /// @param cause what cut it off from the column before, or empty
  /// @param back whether that cut ended a failed hand-off
  /// @param starts what is said above its beginning
  /// @param voids what is said left of its end
  /// @param foot what crossed into it
  /// @param width 1 to 12
  /// @param isRoomy whether it must not be narrower than its own cause, for nothing else gives room
  /// @param head the same for whoever does not see the drawing, in a few words
  /// @param more and what else there is to say
  public record Column(
      Kind kind,
      int lane,
      long epoch,
      long from,
      Instant since,
      String label,
      String cause,
      String starts,
      String voids,
      String foot,
      int width,
      boolean live,
      List<Spot> spots,
      boolean isRoomy,
      String head,
      String more) {
    /// The same where another cause is written right behind its own.
    Column roomy() {
      return new Column(
          kind, lane, epoch, from, since, label, cause, starts, voids, foot, width, live, spots,
          true, head, more);
    }

    /// The same where it does not go on at the moment.
    Column halted() {
      return new Column(
          kind, lane, epoch, from, since, label, cause, starts, voids, foot, width, false, spots,
          isRoomy, head, more);
    }

    /// What a column is.
    public enum Kind {
      BAR,
      GAP,
      /// The conversation is over.
      END,
      /// The engine may not act.
      PAUSE
    }

    /// Somebody has the lease, and the engine may not act.
    public boolean isHalted() {
      return kind == Kind.PAUSE || kind == Kind.BAR && cause.startsWith("Paused");
    }

    public boolean isBar() {
      return kind == Kind.BAR;
    }

    public String name() {
      return kind.name().toLowerCase(Locale.ROOT);
    }
  }

  /// One permit.
  ///
  /// @param x where on the bar, as a percentage of it
  public record Spot(String x, String state, long seq, String title) {}

  public TrackShape {
    lanes = List.copyOf(lanes);
    columns = List.copyOf(columns);
  }

  /// Where facts cross a gap for the first time: there it is said what is seen; or 0.
  public long firstCrossing() {
    return columns.stream()
        .filter(column -> !column.foot().isEmpty())
        .mapToLong(Column::from)
        .findFirst()
        .orElse(0);
  }

  /// @param paused why the engine may not act now, or empty
  static TrackShape of(Track track, String paused) {
    var columns = new ArrayList<Column>();
    Span before = null;
    for (var span : track.spans()) {
      columns.add(column(track, span, before));
      before = span;
    }
    if (!paused.isEmpty() && before != null && before.end().isEmpty() && !isOver(before)) {
      columns.add(columns.removeLast().halted());
      columns.add(pause(before, paused));
    }
    for (int i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      boolean isLast = i + 1 == columns.size();
      boolean isCramped = isLast || !columns.get(i + 1).cause().isEmpty();
      if (isCramped && column.cause().length() > SHORT_MAX_CHARS) columns.set(i, column.roomy());
    }
    return new TrackShape(
        track.lanes().stream().map(Show::holder).toList(), columns, sentence(track));
  }

  private static boolean isOver(Span span) {
    return span instanceof Gap gap && gap.over();
  }

  private static Column column(Track track, Span span, Span before) {
    String cause = before == null ? "" : before.end().map(Track.Cut::cause).orElse("");
    int voids = span.end().map(Track.Cut::voids).orElse(0);
    String voided = voids == 0 ? "" : Show.count(voids, "permit") + " void";
    return switch (span) {
      case Bar bar ->
          new Column(
              Column.Kind.BAR,
              track.lanes().indexOf(bar.lane()),
              bar.epoch(),
              bar.from(),
              bar.since(),
              "epoch " + bar.epoch(),
              cause,
              bar.fresh() ? "starts with 0" : "",
              voided,
              crossing(bar.knows()),
              Math.clamp(bar.permits().size(), 2, WIDTH_MAX),
              bar.end().isEmpty(),
              spots(bar.permits()),
              false,
              Show.holder(bar.lane()) + (bar.fresh() ? "" : " goes on") + ", epoch " + bar.epoch(),
              more(bar, cause, voided));
      case Gap gap ->
          new Column(
              gap.over() ? Column.Kind.END : Column.Kind.GAP,
              -1,
              gap.epoch(),
              gap.from(),
              gap.since(),
              "epoch " + gap.epoch(),
              cause,
              "",
              voided,
              "",
              1,
              gap.end().isEmpty(),
              spots(gap.permits()),
              false,
              cause.isEmpty() ? "Nobody, epoch " + gap.epoch() : cause,
              more(gap, cause));
    };
  }

  private static Column pause(Span before, String paused) {
    return new Column(
        Column.Kind.PAUSE,
        -1,
        before.epoch(),
        before.from(),
        before.since(),
        "",
        paused,
        "",
        "",
        "",
        1,
        true,
        List.of(),
        false,
        paused,
        "No effect can begin.");
  }

  private static List<Spot> spots(List<Dot> dots) {
    var spots = new ArrayList<Spot>();
    for (int i = 0; i < dots.size(); i++) {
      var dot = dots.get(i);
      String x = String.format(Locale.ROOT, "%.2f%%", 100.0 * (i + 0.5) / dots.size());
      String state = dot.state().name().toLowerCase(Locale.ROOT);
      spots.add(new Spot(x, state, dot.seq(), dot.what() + ": " + state));
    }
    return spots;
  }

  private static String crossing(List<String> knows) {
    if (knows.isEmpty()) return "";
    String first = String.join(", ", knows.subList(0, Math.min(CROSSING_MAX, knows.size())));
    int more = knows.size() - CROSSING_MAX;
    return more <= 0 ? first : first + ", " + more + " more";
  }

  // --- in words

  private static String more(Bar bar, String cause, String voided) {
    long used = bar.permits().stream().filter(dot -> dot.state() == Dot.State.USED).count();
    long live = bar.permits().stream().filter(dot -> dot.state() == Dot.State.LIVE).count();
    return (cause.isEmpty() ? "" : cause + ". ")
        + (bar.fresh() ? "Starts with 0 permits. " : "")
        + Show.count(used, "permit")
        + " used"
        + (live == 0 ? "" : ", " + live + " live")
        + (voided.isEmpty() ? "" : ", " + voided)
        + "."
        + (bar.knows().isEmpty() ? "" : " Facts cross the gap: " + crossing(bar.knows()) + ".");
  }

  private static String more(Gap gap, String cause) {
    if (gap.over()) return "The conversation is over, epoch " + gap.epoch() + ".";
    return (cause.isEmpty() ? "" : "Nobody has the conversation, epoch " + gap.epoch() + ".")
        + (gap.failed().isEmpty() ? "" : " The offer was refused: " + gap.failed() + ".");
  }

  private static String sentence(Track track) {
    long cuts = track.spans().stream().filter(span -> span.end().isPresent()).count();
    var last = track.spans().isEmpty() ? null : track.spans().getLast();
    String now =
        switch (last) {
          case null -> "It has not begun.";
          case Bar bar -> Show.holder(bar.lane()) + " has it under epoch " + bar.epoch() + ".";
          case Gap gap when gap.over() -> "It is over.";
          case Gap gap -> "Nobody has it, epoch " + gap.epoch() + ".";
        };
    return "Hand-off track: " + Show.count(cuts, "cut") + " so far. " + now;
  }
}
