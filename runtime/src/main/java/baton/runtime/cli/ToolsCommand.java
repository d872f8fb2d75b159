package baton.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./baton tools …`
@Command(
    name = "tools",
    mixinStandardHelpOptions = true,
    description = "Tries the servers of the tools that policies declare.",
    subcommands = ToolsCheckCommand.class)
public final class ToolsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
