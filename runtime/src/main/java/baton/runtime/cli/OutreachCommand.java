package baton.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
            + ".");
    status
        .get("leads")
        .properties()
        .forEach(state ->
            out.println("  %-10s %d".formatted(state.getKey(), state.getValue().asLong())));
    for (var ended : new String[] {"refused", "done"}) {
      status
          .get(ended)
          .properties()
          .forEach(reason ->
              out.println(
                  "    %s, %s: %d".formatted(ended, reason.getKey(), reason.getValue().asLong())));
    }
  }
}
