package baton.runtime.cli;

import java.util.ServiceLoader;
import java.util.regex.Pattern;
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
      ClusterCommand.class,
      KeysCommand.class,
      CrmCommand.class,
      PolicyCommand.class,
      ModelsCommand.class,
      ToolsCommand.class,
      LeadsCommand.class,
      OutreachCommand.class,
      VerifyCommand.class,
      CheckpointCommand.class,
      ErasuresCommand.class,
      ExportCommand.class
    })
public final class Commands {
  /// A type of the language says nothing to whoever types a command.
  private static final Pattern NUMBER = Pattern.compile("is not an? (int|long)$");

  private Commands() {}

  /// @return the exit status: 0 only when all is well
  public static int run(String[] arguments) {
    var line = line();
    if (arguments.length == 0) {
      line.usage(System.out);
      return 2;
    }
    return line.execute(arguments);
  }

  /// All commands, with mistakes told in one line.
  public static CommandLine line() {
    var line = new CommandLine(new Commands());
    ServiceLoader.load(Subcommand.class).forEach(line::addSubcommand);
    line.setParameterExceptionHandler((wrong, _) -> {
      var command = wrong.getCommandLine();
      String help = "./" + command.getCommandSpec().qualifiedName() + " --help";
      var words = NUMBER.matcher(wrong.getMessage()).replaceFirst("is not a whole number");
      command.getErr().println("baton: " + words + "; see " + help);
      return 2;
    });
    line.setExecutionExceptionHandler((failed, command, _) -> {
      command.getErr().println("baton: " + failed.getMessage());
      return 1;
    });
    return line;
  }
}
