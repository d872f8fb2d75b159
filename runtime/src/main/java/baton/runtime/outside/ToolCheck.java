package baton.runtime.outside;

import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.PolicyDocument;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether the server of a declared tool has it, and takes what the policy gives it.
///
/// @param problem in one line that says what to do, or empty
public record ToolCheck(OutsideTool tool, Optional<String> problem) {
  /// Asks the servers of a policy's tools, in the order of the tools' names. Blocks, as long as
  /// they may take.
  public static List<ToolCheck> of(PolicyDocument policy, Servers servers) {
    return policy.tools().values().stream()
        .sorted(Comparator.comparing(OutsideTool::name))
        .map(tool -> of(tool, servers))
        .toList();
  }

  private static ToolCheck of(OutsideTool tool, Servers servers) {
    var server = servers.named(tool.server());
    var problem =
        server.isPresent()
            ? server.get().lacks(tool)
            : Optional.of(
                "the server "
                    + tool.server()
                    + " is not configured: add servers."
                    + tool.server()
                    + " to baton.conf, see docs/tools.md");
    return new ToolCheck(tool, problem);
  }

  public boolean isWell() {
    return problem.isEmpty();
  }
}
