package baton.runtime.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton crm export|import FILE`
@Command(
    name = "crm",
    mixinStandardHelpOptions = true,
    description = "Exchanges the contacts of the CRM as CSV.",
    subcommands = {CrmCommand.Export.class, CrmCommand.Import.class})
public final class CrmCommand implements Callable<Integer> {
  private static final String PATH = "/v1/contacts.csv";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  /// `./baton crm export FILE`
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes all contacts into a file.")
  static final class Export implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "Where to, as CSV in UTF-8.")
    private Path file;

    @Option(names = "--force", description = "Writes over a file that is there.")
    private boolean force;

    @Mixin private Access access;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      try {
        if (Files.exists(file) && !force) {
          throw new ApiClient.Failure(file + " is there: name another file, or say --force");
        }
        var progress = new Progress(spec.commandLine().getErr());
        long contacts = access.client().download(PATH, access.operatorToken(), file, progress) - 1;
        progress.end();
        var written = String.format(Locale.ROOT, "%,d contacts written to %s.", contacts, file);
        spec.commandLine().getOut().println(written);
        return 0;
      } catch (ApiClient.Failure failure) {
        spec.commandLine().getErr().println("baton: " + failure.getMessage());
        return 1;
      }
    }
  }

  /// `./baton crm import FILE`
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Takes contacts from a CSV file.",
        "Rows that cannot be taken are told one by one; the same file again changes nothing.",
        "Columns: contact, id or email, which say who it is, and fields by their names. An empty",
        "cell says nothing.",
        "The exit status is 0 only when no row was refused."
      })
  static final class Import implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The contacts, as CSV in UTF-8.")
    private Path file;

    @Mixin private Access access;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      try {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
          throw new ApiClient.Failure("cannot read " + file + "; name a readable file");
        }
        var progress = new Progress(spec.commandLine().getErr());
        var answer =
            access
                .client()
                .upload(PATH, access.operatorToken(), "text/csv", () -> progress.of(file));
        progress.end();
        return show(Access.taken(answer));
      } catch (ApiClient.Failure failure) {
        spec.commandLine().getErr().println("baton: " + failure.getMessage());
        return 1;
      }
    }

    private int show(ApiClient.Answer answer) {
      var out = spec.commandLine().getOut();
      var report = answer.json();
      for (var row : report.get("rows")) {
        out.println("line " + row.get("line").asLong() + "  " + row.get("wrong").asText());
      }
      long leftOut = report.get("leftOut").asLong();
      if (leftOut > 0) out.println("… and " + leftOut + " more rows that were refused");
      out.println(
          String.format(
              Locale.ROOT,
              "%,d added, %,d changed, %,d as they were, %,d refused.",
              report.get("added").asLong(),
              report.get("changed").asLong(),
              report.get("unchanged").asLong(),
              report.get("refused").asLong()));
      return report.get("refused").asLong() == 0 ? 0 : 1;
    }
  }
}
