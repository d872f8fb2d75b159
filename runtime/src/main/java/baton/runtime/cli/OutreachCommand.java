package baton.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton outreach start|stop|status CAMPAIGN`
@Command(
    name = "outreach",
    mixinStandardHelpOptions = true,
    description = "Starts and stops writing to a campaign's leads, and says how far it has come.")
public final class OutreachCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "start|stop|status", description = "What to do.")
  private String what;

  @Parameters(index = "1", paramLabel = "CAMPAIGN", description = "The campaign's name.")
  private String campaign;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "by command",
      description = "Why (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Mixin private Access access;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      if (!campaign.matches("[A-Za-z0-9_-]{1,64}")) {
        throw new ApiClient.Failure("there is no campaign of that name");
      }
      show(
          switch (what) {
            case "start" -> set("running");
            case "stop" -> set("stopped");
            case "status" -> Access.taken(access.client().get(path(), token())).json();
            default -> throw new ApiClient.Failure("'" + what + "' is not start, stop or status");
          });
      return 0;
    } catch (ApiClient.Failure failure) {
      spec.commandLine().getErr().println("baton: " + failure.getMessage());
      return 1;
    }
  }

  private JsonNode set(String state) {
    var body = Map.of("state", state, "reason", reason);
    return Access.taken(access.client().send("POST", path(), token(), body)).json();
  }

  private String path() {
    return "/v1/campaigns/" + campaign + "/outreach";
  }

  private String token() {
    return access.operatorToken();
  }

  private void show(JsonNode status) {
    var out = spec.commandLine().getOut();
    out.println(
        campaign
            + " is "
            + status.get("state").asText()
            + (status.get("since").isNull() ? "" : " since " + status.get("since").asText())
            + why(status)
            + ".");
    for (var pause : status.get("paused")) {
      out.println(
          "Nothing is opened: %s is paused since %s%s."
              .formatted(pause.get("scope").asText(), pause.get("since").asText(), why(pause)));
    }
    if (!status.get("pace").isNull()) {
      String last = status.get("openedAt").asText("");
      out.println(
          "At most one new conversation every "
              + words(Duration.parse(status.get("pace").asText()))
              + (last.isEmpty() ? "" : ", the last one at " + last)
              + ".");
    }
    status
        .get("leads")
        .properties()
        .forEach(state -> {
          out.println(counted("  %-12s %,12d", state.getKey(), state.getValue()));
          var reasons = status.path(state.getKey());
          reasons
              .properties()
              .forEach(reason ->
                  out.println(counted("    %-22s %,12d", reason.getKey(), reason.getValue())));
        });
  }

  private static String counted(String format, String what, JsonNode count) {
    return String.format(Locale.ROOT, format, what, count.asLong());
  }

  private static String why(JsonNode set) {
    String reason = set.get("reason").asText();
    return reason.isEmpty() ? "" : ", by " + set.get("operator").asText() + ": " + reason;
  }

  /// As people say it: `2 m`, `1 h 30 m`.
  private static String words(Duration duration) {
    var parts = new ArrayList<String>();
    if (duration.toDays() > 0) parts.add(duration.toDays() + " d");
    if (duration.toHoursPart() > 0) parts.add(duration.toHoursPart() + " h");
    if (duration.toMinutesPart() > 0) parts.add(duration.toMinutesPart() + " m");
    if (duration.toSecondsPart() > 0) parts.add(duration.toSecondsPart() + " s");
    return parts.isEmpty() ? "0 s" : String.join(" ", parts);
  }
}
