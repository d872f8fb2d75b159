package baton.runtime.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton control pause|resume SCOPE --reason TEXT`
@Command(
    name = "control",
    mixinStandardHelpOptions = true,
    description = "Stops or starts the engine, or a part of it.")
public final class ControlCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "pause|resume", description = "What to do.")
  private String change;

  @Parameters(
      index = "1",
      paramLabel = "SCOPE",
      description = "engine, tenant:NAME, campaign:NAME, role:NAME or conversation:ID.")
  private String scope;

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  private String reason;

  @Mixin private Access access;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try {
      String mode =
          switch (change) {
            case "pause" -> "paused";
            case "resume" -> "running";
            default -> throw new ApiClient.Failure("'" + change + "' is not pause or resume");
          };
      if (!scope.matches("[A-Za-z0-9:_-]+")) {
        throw new ApiClient.Failure(
            "unknown scope: it is engine, tenant:NAME, campaign:NAME, role:NAME or"
                + " conversation:ID");
      }
      var answer =
          Access.taken(
                  access
                      .client()
                      .send(
                          "PUT",
                          "/v1/controls/" + scope,
                          access.operatorToken(),
                          Map.of("mode", mode, "reason", reason)))
              .json();
      out.println(scope + " is " + mode + " since " + answer.get("at").asText() + ".");
      var inFlight = answer.get("inFlight");
      if (inFlight.isEmpty() && mode.equals("paused")) out.println("No effect is in flight.");
      if (!inFlight.isEmpty()) {
        out.println("Claimed before and not to be called back: " + inFlight.size());
        inFlight.forEach(effect ->
            out.println(
                "  %d  %s  %s  %s"
                    .formatted(
                        effect.get("n").asLong(),
                        effect.get("conversation").asText(),
                        effect.get("role").asText(),
                        effect.get("kind").asText())));
      }
      return 0;
    } catch (ApiClient.Failure failure) {
      spec.commandLine().getErr().println("baton: " + failure.getMessage());
      return 1;
    }
  }
}
