package baton.bench.report;

import baton.bench.load.Machine;
import java.io.PrintWriter;
import java.util.List;

/// Results on a terminal, each as soon as it is there.
public final class Lines {
  private static final String INDENT = "   ";

  private final PrintWriter out;

  public Lines(PrintWriter out) {
    this.out = out;
  }

  public void head(Setup setup) {
    out.println(setup.words());
    out.println();
    out.flush();
  }

  public void result(Result result) {
    out.println(result.workload() + "  " + result.title());
    int name = width(result.figures().stream().map(Figure::name).toList());
    int value = width(result.figures().stream().map(Lines::number).toList());
    int unit = width(result.figures().stream().map(Figure::unit).toList());
    for (var figure : result.figures()) {
      out.println(
          (INDENT
                  + pad(figure.name(), name)
                  + "  "
                  + " ".repeat(value - number(figure).length())
                  + number(figure)
                  + " "
                  + pad(figure.unit(), unit)
                  + targets(figure)
                  + ratio(figure))
              .stripTrailing());
    }
    result.yardstick().ifPresent(words -> out.println(INDENT + "yardstick  " + words));
    result.machine().map(Lines::machine).ifPresent(words -> out.println(INDENT + words));
    result.notes().forEach(note -> out.println(INDENT + note));
    result.wrong().forEach(wrong -> out.println("✗  " + wrong));
    out.println();
    out.flush();
  }

  /// How many targets were reached.
  public void foot(List<Result> results) {
    out.println(Headline.of(results));
    out.flush();
  }

  private static String targets(Figure figure) {
    return figure
        .measure()
        .map(measure -> {
          var standing = measure.standing(figure.value());
          return "   must "
              + Wording.number(measure.must())
              + (standing == Measure.Standing.SHORT ? " ✗" : " ✓")
              + "  aim "
              + Wording.number(measure.aim())
              + (standing == Measure.Standing.AIM ? " ✓" : " ·");
        })
        .orElse("");
  }

  private static String ratio(Figure figure) {
    return figure.ratio().isPresent()
        ? "   " + Wording.number(figure.ratio().getAsDouble()) + " × yardstick"
        : "";
  }

  static String machine(Machine.Share share) {
    return "machine  load %s, others took %s of the processors, nobody %s"
        .formatted(share.load(), Wording.percent(share.others()), Wording.percent(share.idle()));
  }

  private static String number(Figure figure) {
    return Wording.number(figure.value());
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
