package baton.runtime.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./baton erasures …`
@Command(
    name = "erasures",
    mixinStandardHelpOptions = true,
    description = "Shows who was erased, and erases them again where a backup was put back.",
    subcommands = {ErasuresListCommand.class, ErasuresApplyCommand.class})
public final class ErasuresCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  static String counted(int many, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", many, what, many == 1 ? "" : "s");
  }
}
