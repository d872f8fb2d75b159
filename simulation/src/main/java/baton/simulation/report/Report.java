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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /// Writes the page whole, in place of what was there, or not at all.
  ///
  /// @throws UncheckedIOException with one line that says why, where it cannot be written
  public void write(Path file) {
    var target = file.toAbsolutePath();
    var part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.write(part, html().getBytes(StandardCharsets.UTF_8));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      var message = "the report cannot be written to %s: %s".formatted(file, why(failure, target));
      throw new UncheckedIOException(message, discarding(part, failure));
    }
  }

  private String html() throws IOException {
    var page = new Page(policy, seed, tally, List.copyOf(failures));
    var style = resource("/assets/baton.css") + resource("/report/report.css");
    var html = new StringOutput();
    TEMPLATES.render("report/page.jte", Map.of("page", page, "style", style), html);
    return html.toString();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String why(IOException failure, Path target) {
    var folder = target.getParent();
    if (!Files.exists(folder)) return "there is no folder " + folder + "; make it, or name another";
    if (!Files.isDirectory(folder)) return folder + " is no folder; name another";
    if (Files.isDirectory(target)) return "that is a folder; name a file in it";
    if (!Files.isWritable(folder)) return "nothing can be written to " + folder + "; name another";
    return failure.getMessage();
  }

  /// Nothing half written stays.
  private static IOException discarding(Path part, IOException failure) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
    return failure;
  }
}
