package baton.runtime.cli;

import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Compilation;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.policy.PolicyReport;
import baton.runtime.Settings;
import baton.runtime.outside.PermitKey;
import baton.runtime.outside.Servers;
import baton.runtime.outside.ToolCheck;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton tools check FILE`
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Asks the server of each tool that a policy declares whether it has it and takes what it is"
          + " given. Nothing is called.",
      "Exit status 0 if all are well."
    })
public final class ToolsCheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The policy, in YAML.")
  private Path file;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings (default: baton.conf, where there is one).")
  private Path config;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    return switch (PolicyCompiler.compile(file)) {
      case Compilation.Invalid(var problems) -> {
        err.println(PolicyReport.of(problems).strip());
        yield 1;
      }
      case Compilation.Compiled(var policy) when policy.tools().isEmpty() -> {
        err.println("baton: " + file + " declares no tools; see docs/tools.md");
        yield 1;
      }
      case Compilation.Compiled(var policy) -> check(policy);
    };
  }

  private int check(PolicyDocument policy) {
    try (var servers = Servers.of(settings().servers(), PermitKey.unkept(), "baton")) {
      return tell(ToolCheck.of(policy, servers));
    } catch (Settings.Invalid told) {
      spec.commandLine().getErr().println("baton: " + told.getMessage());
      return 1;
    }
  }

  private Settings settings() {
    var standard = Path.of("baton.conf");
    if (config != null) return Settings.load(config);
    return standard.toFile().exists()
        ? Settings.load(standard)
        : Settings.defaults(Path.of("data"));
  }

  private int tell(List<ToolCheck> checks) {
    var out = spec.commandLine().getOut();
    var ansi = spec.commandLine().getColorScheme().ansi();
    var tools = checks.stream().map(ToolCheck::tool).toList();
    int name = widest(tools, OutsideTool::name);
    int server = widest(tools, OutsideTool::server);
    int calls = widest(tools, OutsideTool::calls);
    for (var check : checks) {
      var tool = check.tool();
      out.println(
          pad(tool.name(), name)
              + pad(tool.server(), server)
              + pad(tool.calls(), calls)
              + ansi.string(check.isWell() ? "@|green ok|@" : "@|red not well|@"));
      check.problem().ifPresent(line -> Wrapped.lines(name + 2, line).forEach(out::println));
    }
    long well = checks.stream().filter(ToolCheck::isWell).count();
    out.println();
    out.println(summary(well, checks.size()));
    out.flush();
    return well == checks.size() ? 0 : 1;
  }

  private static String summary(long well, int all) {
    if (all == 1) return well == 1 ? "The tool is well." : "The tool is not well.";
    return well == all
        ? "All " + all + " tools are well."
        : well + " of " + all + " tools are well.";
  }

  private static int widest(Collection<OutsideTool> tools, Function<OutsideTool, String> word) {
    return tools.stream().map(word).mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }
}
