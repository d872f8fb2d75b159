package baton.runtime.cli;

import baton.handoff.policy.PolicyDocument;
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
          if (!fit(file, document)) status = 1;
        }
        case Compilation.Invalid(var problems) -> {
          spec.commandLine().getErr().println(PolicyReport.of(problems).strip());
          status = 1;
        }
      }
    }
    return status;
  }

  /// Says what it grants and how its scenarios went, or what is wrong.
  private boolean fit(Path file, PolicyDocument document) {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var unplayable = Rehearsal.unplayable(document);
    if (unplayable.isPresent()) {
      err.println(file + ": " + unplayable.get());
      return false;
    }
    out.println(PolicyReport.of(document).strip());
    var results = Rehearsal.scenarios(document);
    if (!results.isEmpty()) out.println("\nScenarios");
    for (var result : results) {
      var played = result.played() > 1 ? " (" + result.played() + " conversations)" : "";
      out.println("  " + (result.met() ? "met      " : "not met  ") + result.scenario() + played);
    }
    out.flush();
    var unmet = Rehearsal.unmet(results);
    unmet.ifPresent(line -> err.println(file + ": " + line));
    return unmet.isEmpty();
  }
}
