package baton.runtime.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./baton chat`
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    description = "Talks with Baton as a buyer would.")
public final class ChatCommand implements Callable<Integer> {
  @Option(
      names = "--campaign",
      paramLabel = "NAME",
      defaultValue = "inbound-trial",
      description = "Which campaign to talk to (default: ${DEFAULT-VALUE}).")
  private String campaign;

  @Option(names = "--buyer", paramLabel = "ID", description = "Who you are. Default: somebody new.")
  private String buyer;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Your time zone. Default: this machine's.")
  private String zone;

  @Mixin private Where where;
  @Spec private CommandSpec spec;

  /// The address alone: a buyer has no operator token.
  static final class Where {
    @Option(
        names = "--url",
        paramLabel = "URL",
        defaultValue = "http://127.0.0.1:8080",
        description = "Where Baton listens (default: ${DEFAULT-VALUE}).")
    String url;
  }

  @Override
  public Integer call() {
    var console = System.console();
    boolean typed = console != null && console.isTerminal();
    Charset charset = typed ? console.charset() : StandardCharsets.UTF_8;
    var in = new BufferedReader(new InputStreamReader(System.in, charset));
    try {
      var who =
          new ChatClient.Who(
              campaign,
              buyer == null ? "chat-" + Long.toHexString(System.nanoTime()) : buyer,
              zone == null ? ZoneId.systemDefault().getId() : zone);
      new ChatClient(new ApiClient(where.url), in, spec.commandLine().getOut(), typed, QUIET)
          .talk(who);
      return 0;
    } catch (ApiClient.Failure failure) {
      spec.commandLine().getErr().println("baton: " + failure.getMessage());
      return 1;
    }
  }

  /// How long nothing must have come until the next line of a file is sent.
  private static final Duration QUIET = Duration.ofMillis(1_500);
}
