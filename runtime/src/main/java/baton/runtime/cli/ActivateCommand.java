package baton.runtime.cli;

import baton.persistence.policy.Compilation;
import baton.persistence.policy.PolicyCompiler;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton policy activate FILE`
@Command(
    name = "activate",
    mixinStandardHelpOptions = true,
    description = "Checks a policy and makes it its campaign's policy in a running Baton.")
public final class ActivateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The policy, in YAML.")
  private Path file;

  @Mixin private Access access;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return switch (PolicyCompiler.compile(file)) {
      case Compilation.Invalid(var problems) -> {
        problems.forEach(problem -> spec.commandLine().getErr().println(problem));
        yield 1;
      }
      case Compilation.Compiled(var document) -> activate(document.json());
    };
  }

  /// What is sent is whole: included files are in it.
  private int activate(String json) {
    try {
      var active =
          Access.taken(
                  access
                      .client()
                      .send(
                          "PUT",
                          "/v1/policies/active",
                          access.operatorToken(),
                          "application/json",
                          json))
              .json();
      spec.commandLine()
          .getOut()
          .println(
              "%s is under policy %s since %s."
                  .formatted(
                      active.get("campaign").asText(),
                      active.get("version").asText().substring(0, 12),
                      active.get("since").asText()));
      return 0;
    } catch (ApiClient.Failure failure) {
      spec.commandLine().getErr().println("baton: " + failure.getMessage());
      return 1;
    }
  }
}
