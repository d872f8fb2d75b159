package baton.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./baton models …`
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Tries the models that agents may ask.",
    subcommands = ModelsCheckCommand.class)
public final class ModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
