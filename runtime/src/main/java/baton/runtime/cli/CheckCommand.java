package baton.runtime.cli;

import baton.persistence.policy.Compilation;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.policy.PolicyReport;
import baton.runtime.Rehearsal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton policy check FILE…`
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads policies and says what they grant, or what is wrong with them.")
public final class CheckCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Policies, in YAML.")
  private List<Path> files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int status = 0;
    for (var file : files) {
      switch (PolicyCompiler.compile(file)) {
        case Compilation.Compiled(var document) -> {
          var wrong = Rehearsal.wrong(document);
          if (wrong.isPresent()) {
            spec.commandLine().getErr().println(file + ": " + wrong.get());
            status = 1;
          } else {
            spec.commandLine().getOut().println(PolicyReport.of(document).strip());
          }
        }
        case Compilation.Invalid(var problems) -> {
          spec.commandLine().getErr().println(PolicyReport.of(problems).strip());
          status = 1;
        }
      }
    }
    return status;
  }
}
