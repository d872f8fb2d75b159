package baton.simulation.report;

import baton.handoff.policy.Policy;
import baton.handoff.policy.PolicyDocument;
import baton.simulation.Played;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A batch of simulated conversations as one page to read and to print: it loads nothing and runs
/// nothing, and the same batch gives the same bytes.
///
/// Of a conversation that met its expectations only the counts are kept; of those that did not, the
/// first 200 are told whole. Not thread-safe.
public final class Report {
  private static final int FAILURES_MAX = 200;
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "baton.simulation.report.templates");

  private final Policy policy;
  private final long seed;
  private final Tally tally;
  private final List<Failure> failures = new ArrayList<>();

  /// @param policy the one that the conversations are played under
  /// @param seed of the batch
  public Report(PolicyDocument policy, long seed) {
    this.policy = policy.policy();
    this.seed = seed;
    this.tally = new Tally(this.policy);
  }

  /// Counts one more conversation, in the order in which they were played.
  public void add(Played played) {
    tally.add(played);
    if (!played.unmet().isEmpty() && failures.size() < FAILURES_MAX) {
      failures.add(Failure.of(played));
    }
  }

  Tally tally() {
    return tally;
  }

  /// The page.
  ///
  /// @param shares by scenario, the expectations about all its conversations that were not met
  public String html(Map<String, List<String>> shares) {
    var page = new Page(policy, seed, tally, shares, List.copyOf(failures));
    var style = resource("/assets/baton.css") + resource("/report/report.css");
    var html = new StringOutput();
    TEMPLATES.render("report/page.jte", Map.of("page", page, "style", style), html);
    return html.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
