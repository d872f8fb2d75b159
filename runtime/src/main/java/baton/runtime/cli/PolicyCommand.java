package baton.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./baton policy …`
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks policies and makes them active.",
    subcommands = {CheckCommand.class, ActivateCommand.class})
public final class PolicyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
