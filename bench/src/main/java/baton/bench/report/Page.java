package baton.bench.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// All results as one page to read and to print: it loads nothing and runs nothing.
///
/// Places along a chart are in percent of its width.
public record Page(Setup setup, List<Result> results) {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "baton.bench.report.templates");
  private static final double ROOM = 1.12;
  private static final double FASTEST_MS = 0.1;
  private static final String STEPS = "governed steps";

  /// One figure against its targets.
  public record Bullet(
      Figure figure, Measure measure, double value, double must, double aim, String standing) {}

  /// @param value along the chart
  public record Bar(String label, String words, double value) {}

  /// Where most steps lie.
  public record Range(
      String label, Result.Spread spread, double p50, double p90, double p99, double p999) {}

  public record Tick(String label, double at) {}

  public static String html(Setup setup, List<Result> results) {
    var style = resource("/assets/baton.css") + resource("/bench/bench.css");
    var html = new StringOutput();
    var page = new Page(setup, List.copyOf(results));
    TEMPLATES.render("bench/page.jte", Map.of("page", page, "style", style), html);
    return html.toString();
  }

  public String headline() {
    return Headline.of(results);
  }

  public List<Bullet> bullets() {
    return results.stream()
        .flatMap(result -> result.figures().stream())
        .flatMap(figure -> figure.measure().stream().map(measure -> bullet(figure, measure)))
        .toList();
  }

  private static Bullet bullet(Figure figure, Measure measure) {
    double most = Math.max(Math.max(measure.must(), measure.aim()), figure.value()) * ROOM;
    double whole = most == 0 ? 1 : most;
    return new Bullet(
        figure,
        measure,
        percent(figure.value() / whole),
        percent(measure.must() / whole),
        percent(measure.aim() / whole),
        switch (measure.standing(figure.value())) {
          case AIM -> "as we want it";
          case MUST -> "as it must be";
          case SHORT -> "missed";
        });
  }

  public List<Bar> steps() {
    var measured =
        results.stream()
            .flatMap(result ->
                result.figures().stream()
                    .filter(figure -> figure.name().equals(STEPS))
                    .map(figure -> Map.entry(result, figure)))
            .toList();
    double most =
        measured.stream().mapToDouble(each -> each.getValue().value()).max().orElse(1) * ROOM;
    return measured.stream()
        .map(each ->
            new Bar(
                label(each.getKey()),
                Wording.number(each.getValue().value()),
                percent(each.getValue().value() / most)))
        .toList();
  }

  public List<Range> ranges() {
    return results.stream()
        .flatMap(result ->
            result.spread().stream()
                .map(spread ->
                    new Range(
                        label(result),
                        spread,
                        log(spread.p50()),
                        log(spread.p90()),
                        log(spread.p99()),
                        log(spread.p999()))))
        .toList();
  }

  private static String label(Result result) {
    return result
        .spread()
        .map(spread -> result.workload() + ", " + Wording.number(spread.conversations()))
        .orElse(result.workload());
  }

  /// Powers of ten, in milliseconds.
  public List<Tick> ticks() {
    var ticks = new ArrayList<Tick>();
    for (double ms = FASTEST_MS; ms <= slowest(); ms *= 10) {
      ticks.add(
          new Tick(
              ms < 1_000 ? Wording.number(ms) + " ms" : Wording.number(ms / 1_000) + " s",
              log(ms)));
    }
    return ticks;
  }

  private double slowest() {
    return results.stream()
        .flatMap(result -> result.spread().stream())
        .mapToDouble(Result.Spread::p999)
        .max()
        .orElse(1);
  }

  /// Each ten times as slow is as far on.
  private double log(double ms) {
    double whole = Math.log10(slowest() * ROOM / FASTEST_MS);
    return percent(Math.log10(Math.max(ms, FASTEST_MS) / FASTEST_MS) / whole);
  }

  private static double percent(double share) {
    return Math.clamp(Math.round(share * 1_000) / 10.0, 0, 100);
  }

  public String amount(Figure figure) {
    return Wording.amount(figure.value(), figure.unit());
  }

  public String number(double value) {
    return Wording.number(value);
  }

  public String machine(Result result) {
    return result.machine().map(Lines::machine).orElse("");
  }

  private static String resource(String name) {
    try (var in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
