package baton.runtime.cli;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/// The command line: `./baton COMMAND`.
@Command(
    name = "baton",
    version = "baton 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    description = "A sales engine whose agents never inherit authority.",
    subcommands = {
      ServeCommand.class,
      ChatCommand.class,
      ControlCommand.class,
      CrmCommand.class,
      PolicyCommand.class,
      LeadsCommand.class,
      OutreachCommand.class,
      VerifyCommand.class,
      CheckpointCommand.class,
      ExportCommand.class
    })
public final class Commands {
  private Commands() {}

  /// @return the exit status: 0 only when all is well
  public static int run(String[] arguments) {
    var line = new CommandLine(new Commands());
    ServiceLoader.load(Subcommand.class).forEach(line::addSubcommand);
    line.setParameterExceptionHandler((wrong, _) -> {
      var command = wrong.getCommandLine();
      String help = "./" + command.getCommandSpec().qualifiedName() + " --help";
      command.getErr().println("baton: " + wrong.getMessage() + "; see " + help);
      return 2;
    });
    line.setExecutionExceptionHandler((failed, command, _) -> {
      command.getErr().println("baton: " + failed.getMessage());
      return 1;
    });
    if (arguments.length == 0) {
      line.usage(System.out);
      return 2;
    }
    return line.execute(arguments);
  }
}
