package baton.simulation.torture;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the report of a run shows, in words. It loads nothing and runs nothing.
public record Page(
    String headline,
    List<Figure> setup,
    List<String> violations,
    List<Row> rows,
    List<Figure> figures) {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "baton.simulation.report.templates");

  public record Figure(String name, String value) {}

  /// @param back `–` where it never came
  /// @param widthPercent of a line, the longest being 100: how long it took
  public record Row(String kind, String count, String back, int widthPercent) {}

  static String html(Result result) {
    var style = resource("/assets/baton.css") + resource("/report/report.css");
    var html = new StringOutput();
    TEMPLATES.render(
        "torture/page.jte",
        Map.of("page", of(result), "style", style + resource("/report/torture.css")),
        html);
    return html.toString();
  }

  private static Page of(Result result) {
    int wrong = result.violations().size();
    var plan = result.plan();
    var faults = number(result.faults()) + (result.faults() == 1 ? " fault, " : " faults, ");
    return new Page(
        faults + (wrong == 0 ? "no violation" : wrong == 1 ? "1 violation" : wrong + " violations"),
        List.of(
            new Figure("Nodes", number(plan.nodes())),
            new Figure("Buyers at a time", number(plan.buyers())),
            new Figure("Faults for", lasting(plan.faulty())),
            seeds(result.stretches())),
        result.violations(),
        rows(result),
        List.of(
            new Figure("Faults while another lasted", number(result.overlapping())),
            new Figure("Conversations", number(result.sum(Judged::conversations))),
            new Figure("Messages acknowledged", number(result.sum(Judged::acknowledged))),
            new Figure("Requests sent again", number(result.sum(Judged::repeated))),
            new Figure("Claims", number(result.sum(Judged::claims))),
            new Figure("Effects confirmed", number(result.sum(Judged::effects))),
            new Figure(
                "At rest after the last fault",
                result.restMillis().isPresent()
                    ? seconds(result.restMillis().getAsLong())
                    : "never")));
  }

  private static String lasting(Duration faulty) {
    return faulty.toSecondsPart() == 0 ? faulty.toMinutes() + " min" : faulty.toSeconds() + " s";
  }

  private static Figure seeds(List<Judged> stretches) {
    var first = Long.toString(stretches.getFirst().seed());
    if (stretches.size() == 1) return new Figure("Seed", first);
    return new Figure("Seeds", first + " to " + stretches.getLast().seed());
  }

  private static List<Row> rows(Result result) {
    var kinds = result.byKind();
    long longest = kinds.values().stream().mapToLong(Result.Row::backMillisMax).max().orElse(0);
    return kinds.entrySet().stream()
        .map(each ->
            new Row(
                capital(each.getKey().words()),
                number(each.getValue().count()),
                each.getValue().count() == 0 ? "–" : seconds(each.getValue().backMillisMax()),
                (int) (each.getValue().backMillisMax() * 100 / Math.max(1, longest))))
        .toList();
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
