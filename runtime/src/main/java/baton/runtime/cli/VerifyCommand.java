package baton.runtime.cli;

import baton.persistence.audit.Audit;
import baton.persistence.audit.AuditReport;
import baton.persistence.audit.CheckpointKey;
import baton.persistence.audit.Checkpoints;
import baton.persistence.audit.Difference;
import baton.persistence.db.Unusable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./baton verify`
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Reads every journal, decides every step again and says whether anything was altered or lost.",
      "It only reads, and may run beside an engine."
    })
public final class VerifyCommand implements Callable<Integer> {
  private static final long EVENTS_MANY = 10_000;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "The signed checkpoints (default: checkpoints in the data folder).")
  private Path checkpoints;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The public key for them (default: checkpoint-key.pub in the data folder).")
  private Path key;

  @Mixin private Recorded recorded;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var progress = new Progress(err);
    try {
      var trusted = trusted();
      try (var database = recorded.open()) {
        long began = System.nanoTime();
        var report = new Audit(database.source(), trusted, progress::events).run();
        progress.end();
        tell(out, report, (System.nanoTime() - began) / 1e9);
        return report.whole() ? 0 : 1;
      }
    } catch (Unusable | ApiClient.Failure told) {
      progress.end();
      err.println("baton: " + told.getMessage());
    } catch (SQLException unread) {
      progress.end();
      err.println("baton: " + why(unread));
    }
    return 2;
  }

  /// None where the folder has none: that is said with the report.
  private Checkpoints trusted() {
    var folder = checkpoints == null ? recorded.checkpoints() : checkpoints;
    if (!Files.isDirectory(folder)) {
      if (checkpoints == null) return Checkpoints.none();
      throw new ApiClient.Failure("there are no checkpoints in " + folder + "; name their folder");
    }
    try {
      var open =
          key == null ? CheckpointKey.publicPart(recorded.data) : Files.readString(key).strip();
      return Checkpoints.in(folder, open);
    } catch (IOException unreadable) {
      throw new ApiClient.Failure(
          "cannot read the public key for the checkpoints; name its file with --key");
    }
  }

  private static String why(SQLException unread) {
    boolean empty = "42P01".equals(unread.getSQLState()); // undefined_table
    return empty
        ? "that database has no journal of Baton's; name another with --db"
        : "cannot read the database: check that it runs, and its address, user and password";
  }

  private static String counted(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  /// Of a few events it would say how long the start takes.
  private static String pace(long events, double seconds) {
    if (events < EVENTS_MANY) return "";
    return String.format(Locale.ROOT, ", %,.0f events a second", events / seconds);
  }

  private static void tell(PrintWriter out, AuditReport report, double seconds) {
    report.differences().stream().map(Difference::line).forEach(out::println);
    if (report.differencesMore() > 0) out.println("and " + report.differencesMore() + " more");
    if (!report.whole()) out.println();
    out.println(
        report.whole()
            ? "Whole: nothing was altered or lost, and every decision follows."
            : "Not whole: of each journal the first difference is shown above.");
    out.printf(
        Locale.ROOT,
        "%s and %s of %s, in %.1f s%s.%n",
        counted(report.events(), "event"),
        counted(report.claims(), "claim"),
        counted(report.conversations(), "conversation"),
        seconds,
        pace(report.events(), seconds));
    out.println(
        report.checkpoints() == 0
            ? "There are no checkpoints: what was cut off at an end would not show."
            : "Held against " + counted(report.checkpoints(), "signed checkpoint") + ".");
    if (report.textsGone() > 0) {
      out.println(
          counted(report.textsGone(), "sealed text")
              + " cannot be opened any more, for want of a key: erased.");
    }
  }
}
