package baton.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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

/// `./baton leads import FILE --campaign NAME`
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Adds the leads of a CSV file to a campaign.",
      "Rows that cannot be taken are told one by one; the same file again adds nothing.",
      "Columns: email, and if there are: name, phone, time-zone, region, segment, id, consent,",
      "consent-date, consent-source. Each lead needs a time-zone or a region with one.",
      "The exit status is 0 only when no row was refused."
    })
public final class ImportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The leads, as CSV in UTF-8.")
  private Path file;

  @Option(
      names = "--campaign",
      required = true,
      paramLabel = "NAME",
      description = "The campaign that they are for.")
  private String campaign;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes the report there as well, as JSON.")
  private Path report;

  @Mixin private Access access;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      var answer = sent();
      if (report != null) Files.writeString(report, answer.toPrettyString() + "\n");
      return show(answer);
    } catch (ApiClient.Failure failure) {
      spec.commandLine().getErr().println("baton: " + failure.getMessage());
    } catch (IOException unwritten) {
      spec.commandLine()
          .getErr()
          .println("baton: cannot write " + report + "; name another file with --report");
    }
    return 1;
  }

  private JsonNode sent() {
    if (!campaign.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new ApiClient.Failure("there is no campaign of that name");
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ApiClient.Failure("cannot read " + file + "; name a readable file");
    }
    var progress = new Progress(spec.commandLine().getErr());
    var path = "/v1/campaigns/" + campaign + "/leads.csv";
    var answer =
        access.client().upload(path, access.operatorToken(), "text/csv", () -> progress.of(file));
    progress.end();
    return Access.taken(answer).json();
  }

  private int show(JsonNode answer) {
    var out = spec.commandLine().getOut();
    for (var row : answer.get("rows")) {
      String column = row.get("column").asText();
      out.println(
          "line %d  %s  %s%s"
              .formatted(
                  row.get("line").asLong(),
                  row.get("result").asText(),
                  column.isEmpty() ? "" : column + ": ",
                  row.get("wrong").asText()));
    }
    long leftOut = answer.get("leftOut").asLong();
    if (leftOut > 0) out.println("… and " + leftOut + " more rows that were not added");
    out.println(
        String.format(
            Locale.ROOT,
            "%,d added, %,d known before, %,d twice in the file, %,d refused.",
            answer.get("added").asLong(),
            answer.get("known").asLong(),
            answer.get("twice").asLong(),
            answer.get("refused").asLong()));
    return answer.get("refused").asLong() == 0 ? 0 : 1;
  }
}
