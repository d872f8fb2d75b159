package baton.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./baton leads …`
@Command(
    name = "leads",
    mixinStandardHelpOptions = true,
    description = "Brings leads to a campaign.",
    subcommands = ImportCommand.class)
public final class LeadsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
